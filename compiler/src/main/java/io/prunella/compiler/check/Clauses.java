package io.prunella.compiler.check;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
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

    /** Whether time alone starts the rule. */
    public boolean scheduled() {
        return one(Clause.On.class).map(Clause.On::trigger).map(trigger -> switch (trigger) {
            case Trigger.OnCron _,Trigger.OnEvery _ -> true;
            case Trigger.OnEvent _,Trigger.OnAlert _,Trigger.OnBurn _ -> false;
        }).orElse(false);
    }

    /** Whether it is judged once for the pack, and not for one subject after the other. */
    public boolean ofPack() {
        return scheduled() && one(Clause.By.class).isEmpty();
    }

    /** Conditions over the attributes of the trigger's events. */
    public List<Expr> filters() {
        List<Expr> filters = new ArrayList<>();
        switch (one(Clause.On.class).map(Clause.On::trigger).orElse(null)) {
            case Trigger.OnEvent event -> {
                event.first().where().ifPresent(filters::add);
                event.chain().forEach(next -> next.pattern().where().ifPresent(filters::add));
                event.without().flatMap(w -> w.pattern().where()).ifPresent(filters::add);
            }
            case Trigger.OnAlert alert -> alert.where().ifPresent(filters::add);
            case Trigger.OnBurn _,Trigger.OnCron _,Trigger.OnEvery _ -> {
                // Nothing to filter.
            }
            case null -> {
                // The condition alone.
            }
        }
        return filters;
    }

    /** What starts it and brings attributes that {@code event.x} names. */
    Optional<Trigger> eventful() {
        return one(Clause.On.class).map(Clause.On::trigger).filter(trigger -> switch (trigger) {
            case Trigger.OnEvent _,Trigger.OnAlert _ -> true;
            case Trigger.OnCron _,Trigger.OnEvery _,Trigger.OnBurn _ -> false;
        });
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
