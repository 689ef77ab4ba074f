package io.prunella.compiler.check;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;

/**
 * What the language has and this version does not run yet: each use is named once, so that nothing is ever ignored
 * silently.
 */
final class Unexecuted {

    private Unexecuted() {}

    static void report(Diagnostics problems, Span span, String construct) {
        problems.report(DiagnosticCode.NOT_EXECUTED_YET, span)
                .message("%s can be written, but this version does not execute it yet", construct);
    }

    /** The name of a declaration that does nothing yet, and its place. */
    static void declaration(Declaration declaration, Diagnostics problems) {
        switch (declaration) {
            case Declaration.Recording d -> report(problems, d.name().span(), "`record`");
            case Declaration.Slo d -> report(problems, d.name().span(), "`slo`");
            case Declaration.Pack _,Declaration.Test _,Declaration.Suppress _,Declaration.Guard _,Declaration.Metric _,Declaration.Event _,Declaration.Action _,Declaration.Channel _,Declaration.Rule _ -> {
                // Executed.
            }
        }
    }

    /** Clauses and triggers of a rule. */
    static void rule(Clauses clauses, Diagnostics problems) {
        boolean prometheus = clauses.one(Clause.PromExpr.class).isPresent();
        for (Clause clause : clauses.all()) {
            switch (clause) {
                case Clause.PromExpr c -> report(problems, c.span(), "`expr`");
                case Clause.Every c -> unlessPrometheus(prometheus, c, "`every`", problems);
                case Clause.GroupName c -> unlessPrometheus(prometheus, c, "`group`", problems);
                case Clause.Annotations c -> unlessPrometheus(prometheus, c, "`annotations`", problems);
                case Clause.On on -> trigger(on.trigger(), problems);
                case Clause.Describe _,Clause.Runbook _,Clause.Severity _,Clause.Labels _,Clause.Priority _,Clause.Mode _,Clause.By _,Clause.When _,Clause.For _,Clause.Unless _,Clause.Until _,Clause.Repeat _,Clause.KeepFiringFor _,Clause.Then _,Clause.Verify _,Clause.After _,Clause.Rollback _,Clause.Escalate _,Clause.Cooldown _,Clause.Limit _ -> {
                    // Executed, or told to people only.
                }
            }
        }
    }

    // What belongs to an `expr` is refused with it.
    private static void unlessPrometheus(boolean prometheus, Clause clause, String name, Diagnostics problems) {
        if (!prometheus) {
            report(problems, clause.span(), name);
        }
    }

    private static void trigger(Trigger trigger, Diagnostics problems) {
        switch (trigger) {
            case Trigger.OnBurn t -> report(problems, t.span(), "`on burn`");
            case Trigger.OnEvent _,Trigger.OnAlert _,Trigger.OnCron _,Trigger.OnEvery _ -> {
                // Executed.
            }
        }
    }
}
