package io.prunella.compiler.check;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rule's clauses by kind; the parser has refused a second one of a kind. */
public record Clauses(List<Clause> all) {
    public Clauses {
        all = List.copyOf(all);
    }

    static Clauses of(Declaration.Rule rule) {
        return new Clauses(rule.clauses());
    }

    /** The clause of that kind. */
    public <T extends Clause> Optional<T> one(Class<T> kind) {
        for (Clause clause : all) {
            if (kind.isInstance(clause)) {
                return Optional.of(kind.cast(clause));
            }
        }
        return Optional.empty();
    }

    public Optional<Trigger.OnEvent> onEvent() {
        return one(Clause.On.class).flatMap(
                on -> on.trigger() instanceof Trigger.OnEvent event ? Optional.of(event) : Optional.empty());
    }

    public List<Step> then() {
        return one(Clause.Then.class).map(Clause.Then::steps).orElse(List.of());
    }

    /** Steps of {@code then}, those inside of a {@code parallel} behind it. */
    public List<Step> thenAndInside() {
        List<Step> steps = new ArrayList<>();
        inside(then(), steps);
        return steps;
    }

    public List<Step> after() {
        return one(Clause.After.class).map(Clause.After::steps).orElse(List.of());
    }

    public List<Step> rollback() {
        return one(Clause.Rollback.class).map(Clause.Rollback::steps).orElse(List.of());
    }

    public List<Step> escalate() {
        return one(Clause.Escalate.class).map(Clause.Escalate::steps).orElse(List.of());
    }

    /** Every step of every kind, in that order, those inside of a {@code parallel} behind it. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        inside(then(), steps);
        inside(after(), steps);
        inside(rollback(), steps);
        inside(escalate(), steps);
        return steps;
    }

    private static void inside(List<Step> steps, List<Step> into) {
        for (Step step : steps) {
            into.add(step);
            if (step instanceof Step.Parallel parallel) {
                inside(parallel.steps(), into);
            }
        }
    }
}
