package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks what denies and what suppresses across rules. */
final class GuardCheck {
    private final Symbols symbols;
    private final MetricTypes metrics;
    private final Source source;
    private final Diagnostics problems;

    GuardCheck(Symbols symbols, MetricTypes metrics, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.metrics = metrics;
        this.source = source;
        this.problems = problems;
    }

    void guard(Declaration.Guard guard) {
        Set<String> seen = new HashSet<>();
        for (Name action : guard.deny()) {
            if (!seen.add(action.text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, action.span()).message("`%s` is denied twice",
                        action.text());
            } else if (symbols.action(action.text()).isEmpty()) {
                undeclared(action);
            }
        }
        condition(Place.Kind.GUARD, guard.when());
    }

    /** A guard against an action that does not exist guards nothing, so it is named as a wrong `execute` is. */
    private void undeclared(Name action) {
        Optional<String> near = Closest.question(action.text(), symbols.actions().keySet());
        if (symbols.single()) {
            problems.report(DiagnosticCode.UNDECLARED_ACTION, action.span())
                    .message("nothing declares the action `%s`", action.text())
                    .help(near.orElse("declare it with `action " + action.text() + "`"));
        } else if (symbols.complete() || near.isPresent()) {
            problems.report(DiagnosticCode.UNKNOWN_ACTION, action.span())
                    .message("no action is called `%s`, so this guard denies nothing", action.text())
                    .help(near.orElse("declare it with `action " + action.text() + "`"));
        }
    }

    void suppress(Declaration.Suppress suppress) {
        Set<String> seen = new HashSet<>();
        for (Declaration.WindowOverride other : suppress.overrides()) {
            if (!seen.add(other.label().text() + "=" + other.value().text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, other.label().span())
                        .message("`%s=\"%s\"` has a window already", other.label().text(), other.value().text());
            }
        }
        suppress.when().ifPresent(when -> condition(Place.Kind.SUPPRESS, when));
    }

    private void condition(Place.Kind kind, Expr condition) {
        new ExprCheck(symbols, metrics, new Place(kind, Optional.empty()), source, problems).condition(condition);
    }
}
