package io.prunella.compiler.check;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks one rule, clause by clause. */
final class RuleCheck {
    private final Symbols symbols;
    private final MetricTypes metrics;
    private final RuleDeclaration rule;
    private final Source source;
    private final Diagnostics problems;

    RuleCheck(Symbols symbols, MetricTypes metrics, RuleDeclaration rule, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.metrics = metrics;
        this.rule = rule;
        this.source = source;
        this.problems = problems;
    }

    void check() {
        Unexecuted.rule(rule.clauses(), problems);
        for (Clause clause : rule.clauses().all()) {
            switch (clause) {
                case Clause.Labels labels -> labels(labels.labels());
                case Clause.By by -> by(by);
                case Clause.On on -> new TriggerCheck(symbols, metrics, source, problems).check(on.trigger());
                case Clause.When when -> condition(Place.Kind.WHEN, when.condition());
                case Clause.Unless unless -> condition(Place.Kind.UNLESS, unless.condition());
                case Clause.Until until -> condition(Place.Kind.UNTIL, until.condition());
                case Clause.Repeat repeat -> repeat(repeat);
                case Clause.KeepFiringFor keep -> keepFiring(keep);
                case Clause.Verify verify -> condition(Place.Kind.VERIFY, verify.condition());
                case Clause.Limit limit -> limit.terms().forEach(this::limit);
                case Clause.Describe _,Clause.Runbook _,Clause.Severity _,Clause.Mode _,Clause.Priority _,Clause.Annotations _,Clause.PromExpr _,Clause.Every _,Clause.GroupName _,Clause.For _,Clause.Then _,Clause.After _,Clause.Rollback _,Clause.Escalate _,Clause.Cooldown _ -> {
                    // Nothing in them can be wrong here; steps follow.
                }
            }
        }
        if (rule.clauses().ofPack()) {
            rule.clauses().all().forEach(this::noLabels);
        }
        StepCheck steps = new StepCheck(symbols, place(Place.Kind.STEP), source, problems,
                this::condition);
        for (Step step : rule.clauses().steps()) {
            steps.check(step);
        }
    }

    private Place place(Place.Kind kind) {
        return new Place(kind, kind == Place.Kind.UNTIL ? Optional.empty() : rule.clauses().eventful(),
                StepReference.ids(rule.clauses().steps()));
    }

    private void condition(Place.Kind kind, Expr condition) {
        new ExprCheck(symbols, metrics, place(kind), source, problems).whole(condition);
    }

    private void labels(Expr.MapLiteral labels) {
        Set<String> seen = new HashSet<>();
        for (Expr.Entry entry : labels.entries()) {
            if (!seen.add(entry.name().text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, entry.name().span())
                        .message("label `%s` is given twice", entry.name().text());
            }
            if (!(entry.value() instanceof Expr.StringLiteral)) {
                problems.report(DiagnosticCode.WRONG_PROPERTY, entry.value().span())
                        .message("the value of label `%s` stands in quotes", entry.name().text())
                        .help("write `\"" + source.slice(entry.value().span()) + "\"`");
            }
        }
    }

    private void by(Clause.By by) {
        Set<String> seen = new HashSet<>();
        for (Name label : by.labels()) {
            if (!seen.add(label.text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, label.span()).message("`%s` is named twice",
                        label.text());
            }
        }
    }

    /** What fires once for a pack has no subject whose labels could be meant. */
    private void noLabels(Clause clause) {
        Ast.walk(clause, node -> {
            if (node instanceof Expr.Path path && path.root().text().equals("label")) {
                problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.span())
                        .message("`%s` is a label of a subject, and this schedule fires once for the whole pack",
                                source.slice(path.span()))
                        .help("add `by: entity` to fire for each machine");
            }
        });
    }

    private void repeat(Clause.Repeat repeat) {
        if (repeat.every().millis() == 0) {
            problems.report(DiagnosticCode.BAD_SETTING, repeat.every().span())
                    .message("`repeat` takes a duration above 0").help("e.g. `repeat: 10m`");
        } else if (rule.clauses().scheduled()) {
            problems.report(DiagnosticCode.BAD_SETTING, repeat.span())
                    .message("a schedule fires at each of its times already, so `repeat` would repeat nothing")
                    .help("leave `repeat` out, or give the schedule more times");
        }
    }

    private void keepFiring(Clause.KeepFiringFor keep) {
        boolean edge = rule.clauses().one(Clause.On.class).isEmpty();
        if (rule.clauses().one(Clause.PromExpr.class).isEmpty() && !edge) {
            problems.report(DiagnosticCode.BAD_SETTING, keep.span())
                    .message("`keep_firing_for` bridges gaps of a condition that fires by becoming true, and this rule "
                            + "fires by its trigger")
                    .help("leave it out, or keep the event open longer with `open`");
        }
    }

    private void limit(Clause.LimitTerm term) {
        switch (term) {
            case Clause.LimitTerm.Rate rate -> {
                if (rate.window().millis() == 0) {
                    problems.report(DiagnosticCode.BAD_LIMIT, rate.window().span())
                            .message("a limit over `%s` limits nothing", rate.window().text())
                            .help("e.g. `3 per 1h`");
                }
            }
            case Clause.LimitTerm.AtOnce _,Clause.LimitTerm.OfFleet _ -> {
                // The parser has seen to their numbers.
            }
        }
    }
}
