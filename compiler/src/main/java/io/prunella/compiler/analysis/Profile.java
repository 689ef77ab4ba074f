package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Reading.Truth;
import io.prunella.compiler.analysis.Together.Leg;
import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.DurationTerm;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A rule as other rules meet it, read once.
 *
 * @param legs what is so at the instant at which it fires
 * @param ends what is so when a heal of it has ended well: its {@code verify}
 * @param conclusions the parts of its {@code when}, without {@code duration}
 * @param hold for how long they have to be true, in milliseconds
 * @param target what its actions are done to where a step does not say: the machine, or a group by labels
 */
record Profile(RuleDeclaration rule, List<Leg> legs, List<Leg> ends, List<Expr> conclusions, long hold,
        String target) {
    Profile {
        legs = List.copyOf(legs);
        ends = List.copyOf(ends);
        conclusions = List.copyOf(conclusions);
    }

    static Profile of(RuleDeclaration rule) {
        Clauses clauses = rule.clauses();
        List<Leg> ends = new ArrayList<>();
        clauses.one(Clause.Verify.class).ifPresent(verify -> Together.flat(verify.condition())
                .forEach(part -> ends.add(new Leg(part, Reading.ALL.claim(part, Truth.TRUE)))));
        Optional<Expr> when = clauses.one(Clause.When.class).map(Clause.When::condition);
        Optional<DurationTerm> duration = when.flatMap(DurationTerm::of);
        List<Expr> conclusions = duration.map(DurationTerm::rest)
                .orElseGet(() -> when.map(Together::flat).orElse(List.of()));
        long held = duration.map(d -> d.millis() + (d.strict() ? 1 : 0)).orElse(0L);
        long clause = clauses.one(Clause.For.class).map(f -> f.hold().millis()).orElse(0L);
        return new Profile(rule, Together.legs(clauses), ends, conclusions, Math.max(held, clause), target(clauses));
    }

    private static String target(Clauses clauses) {
        Set<String> labels = clauses.one(Clause.By.class)
                .map(by -> by.labels().stream().map(Name::text).collect(Collectors.toCollection(TreeSet::new)))
                .orElseGet(TreeSet::new);
        return labels.isEmpty() || labels.contains("entity") ? "entity" : labels.toString();
    }

    Clauses clauses() {
        return rule.clauses();
    }

    String name() {
        return rule.name();
    }

    Optional<Trigger> trigger() {
        return clauses().one(Clause.On.class).map(Clause.On::trigger);
    }

    /** Whether nothing but its condition starts it. */
    boolean isLevel() {
        return trigger().isEmpty() && clauses().one(Clause.PromExpr.class).isEmpty();
    }

    /** Its actions of {@code then}, in order. */
    List<Step.Invoke> executes() {
        return Steps.of(Step.Verb.EXECUTE, clauses().then());
    }

    /** What one clause says, alike for two that mean the same; empty where there is none. */
    <T extends Clause> String text(Class<T> kind) {
        return clauses().one(kind).map(Ast::print).orElse("");
    }

    /** What `unless` leaves open, where there is one. */
    List<Leg> allowed() {
        return clauses().one(Clause.Unless.class)
                .map(unless -> List.of(Leg.of(unless.condition(), Truth.NOT_TRUE))).orElse(List.of());
    }
}
