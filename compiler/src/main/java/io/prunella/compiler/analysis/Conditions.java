package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.StepCheck;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import java.util.ArrayList;
import java.util.List;

/** Every condition of a rule, in the order of its clauses, with how its comparisons are read. */
final class Conditions {
    private final List<Condition> found = new ArrayList<>();

    private Conditions() {}

    /** A condition. */
    record Condition(Expr expr, Reading reading) {}

    static List<Condition> of(Clauses clauses) {
        Conditions conditions = new Conditions();
        clauses.all().forEach(conditions::clause);
        return conditions.found;
    }

    private void clause(Clause clause) {
        switch (clause) {
            case Clause.On on -> trigger(on.trigger());
            case Clause.When when -> add(when.condition(), Reading.ANY);
            case Clause.Unless unless -> add(unless.condition(), Reading.ANY);
            case Clause.Until until -> add(until.condition(), Reading.ANY);
            case Clause.Verify verify -> add(verify.condition(), Reading.ALL);
            case Clause.Then then -> then.steps().forEach(this::step);
            case Clause.After after -> after.steps().forEach(this::step);
            case Clause.Rollback rollback -> rollback.steps().forEach(this::step);
            case Clause.Escalate escalate -> escalate.steps().forEach(this::step);
            case Clause.Describe _,Clause.Runbook _,Clause.Severity _,Clause.Labels _,Clause.Annotations _,Clause.Priority _,Clause.Mode _,Clause.By _,Clause.PromExpr _,Clause.Every _,Clause.GroupName _,Clause.For _,Clause.KeepFiringFor _,Clause.Repeat _,Clause.Cooldown _,Clause.Limit _ -> {
                // No condition.
            }
        }
    }

    private void trigger(Trigger trigger) {
        switch (trigger) {
            case Trigger.OnEvent event -> {
                event.first().where().ifPresent(where -> add(where, Reading.ANY));
                event.chain().forEach(next -> next.pattern().where().ifPresent(where -> add(where, Reading.ANY)));
                event.without().flatMap(w -> w.pattern().where()).ifPresent(where -> add(where, Reading.ANY));
            }
            case Trigger.OnAlert alert -> alert.where().ifPresent(where -> add(where, Reading.ANY));
            case Trigger.OnBurn _,Trigger.OnCron _,Trigger.OnEvery _ -> {
                // No condition.
            }
        }
    }

    private void step(Step step) {
        switch (step) {
            case Step.Parallel parallel -> parallel.steps().forEach(this::step);
            case Step.Invoke invoke -> {
                StepCheck.condition(step).ifPresent(condition -> add(condition, Reading.ANY));
                if (invoke.verb() == Step.Verb.WAIT) {
                    StepCheck.option(invoke, "until").flatMap(StepCheck::value)
                            .ifPresent(until -> add(until, Reading.ALL));
                }
                invoke.options().forEach(option -> {
                    if (option.value() instanceof Step.ArgumentValue.Targets targets) {
                        targets.where().ifPresent(where -> add(where, Reading.ANY));
                    }
                });
            }
        }
    }

    private void add(Expr condition, Reading reading) {
        found.add(new Condition(condition, reading));
    }
}
