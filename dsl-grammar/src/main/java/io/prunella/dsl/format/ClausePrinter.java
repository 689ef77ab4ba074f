package io.prunella.dsl.format;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Clauses of rules and records, in the order of the language's reference. */
final class ClausePrinter {
    private final ExprPrinter exprs;
    private final StepPrinter steps;
    private final Units units;
    private final Page page;

    ClausePrinter(ExprPrinter exprs, StepPrinter steps, Units units, Page page) {
        this.exprs = exprs;
        this.steps = steps;
        this.units = units;
        this.page = page;
    }

    /** Clauses of a rule without a header: it begins with its trigger, since a trigger ends the rule before it. */
    void headless(List<Clause> clauses) {
        List<Clause> ordered = new ArrayList<>(clauses);
        ordered.sort(Comparator.comparingInt(clause -> clause instanceof Clause.On ? -1 : Ast.rank(clause)));
        ordered.forEach(clause -> clause(0, clause));
    }

    void clauses(int indent, List<Clause> clauses) {
        List<Clause> ordered = new ArrayList<>(clauses);
        ordered.sort(Comparator.comparingInt(Ast::rank));
        ordered.forEach(clause -> clause(indent, clause));
    }

    /** The steps of a clause that has some. */
    static List<Step> steps(Clause clause) {
        if (clause instanceof Clause.Then then) {
            return then.steps();
        }
        if (clause instanceof Clause.After after) {
            return after.steps();
        }
        if (clause instanceof Clause.Rollback rollback) {
            return rollback.steps();
        }
        return clause instanceof Clause.Escalate escalate ? escalate.steps() : List.of();
    }

    private void clause(int indent, Clause clause) {
        Flow out = new Flow();
        switch (clause) {
            case Clause.Describe c -> out.text("describe: ").text(exprs.written(c.text()));
            case Clause.Runbook c -> out.text("runbook: ").text(exprs.written(c.url()));
            case Clause.Severity c -> out.text("severity: ").text(exprs.written(c.level()));
            case Clause.Labels c -> exprs.map(c.labels(), out.text("labels: "));
            case Clause.Annotations c -> exprs.map(c.annotations(), out.text("annotations: "));
            case Clause.Priority c -> out.text("priority: " + c.value());
            case Clause.Mode c -> out.text("mode: ").text(exprs.written(c.mode()));
            case Clause.By c -> out.text("by: ").text(exprs.names(c.labels()));
            case Clause.On c -> trigger(c.trigger(), out.text("on "));
            case Clause.PromExpr c -> out.text("expr: ").text(c.text());
            case Clause.Every c -> out.text("every: ").text(exprs.written(c.interval()));
            case Clause.GroupName c -> out.text("group: ").text(exprs.written(c.name()));
            case Clause.When c -> exprs.print(c.condition(), out.text("when: "));
            case Clause.For c -> out.text("for: ").text(exprs.written(c.hold()));
            case Clause.KeepFiringFor c -> out.text("keep_firing_for: ").text(exprs.written(c.bridge()));
            case Clause.Unless c -> exprs.print(c.condition(), out.text("unless: "));
            case Clause.Until c -> exprs.print(c.condition(), out.text("until: "));
            case Clause.Repeat c -> out.text("repeat: ").text(exprs.written(c.every()));
            case Clause.Then _,Clause.After _,Clause.Rollback _,Clause.Escalate _ -> {
                String word = clause instanceof Clause.Then
                        ? "then"
                        : clause instanceof Clause.After
                                ? "after"
                                : clause instanceof Clause.Rollback
                                        ? "rollback"
                                        : "escalate";
                steps.clause(indent, word, steps(clause), units.of(clause), units.head(clause));
                return;
            }
            case Clause.Verify c -> verify(c, out);
            case Clause.Cooldown c -> out.text("cooldown: ").text(exprs.written(c.time()));
            case Clause.Limit c -> exprs.list(c.terms(), out.text("limit: "), term -> limit(term, out));
        }
        page.unit(indent, out, units.of(clause));
    }

    private void verify(Clause.Verify verify, Flow out) {
        exprs.print(verify.condition(), out.text("verify: "));
        verify.within().ifPresent(within -> out.gap().text("within ").text(exprs.written(within)));
        verify.every().ifPresent(every -> out.gap().text("every ").text(exprs.written(every)));
    }

    private void limit(Clause.LimitTerm term, Flow out) {
        switch (term) {
            case Clause.LimitTerm.Rate rate -> {
                out.text(rate.count() + " per ").text(exprs.written(rate.window()));
                rate.per().ifPresent(per -> out.text(" per ").text(exprs.written(per)));
            }
            case Clause.LimitTerm.AtOnce atOnce -> {
                out.text(atOnce.count() + " at once");
                atOnce.per().ifPresent(per -> out.text(" per ").text(exprs.written(per)));
            }
            case Clause.LimitTerm.OfFleet part -> out.text(part.fraction().text()).text(" of fleet");
        }
    }

    private void trigger(Trigger trigger, Flow out) {
        switch (trigger) {
            case Trigger.OnEvent event -> {
                pattern(event.first(), out.text("event: "));
                for (Trigger.FollowedBy next : event.chain()) {
                    pattern(next.pattern(), out.gap().text("followed by "));
                    out.text(" within ").text(exprs.written(next.within()));
                }
                event.without().ifPresent(without -> {
                    pattern(without.pattern(), out.gap().text("without "));
                    out.text(" within ").text(exprs.written(without.within()));
                });
                event.times().ifPresent(times -> out.gap().text(times.count() + " times within ")
                        .text(exprs.written(times.within())));
                event.open().ifPresent(open -> out.gap().text("open ").text(exprs.written(open)));
            }
            case Trigger.OnBurn burn -> out.text("burn: ").text(exprs.written(burn.slo())).text(" ")
                    .text(burn.op().sign()).text(" ").text(burn.threshold().text());
            case Trigger.OnAlert alert -> {
                choices(alert.names().stream().map(exprs::written).toList(), out.text("alert: "));
                alert.where().ifPresent(where -> exprs.print(where, out.gap().text("where ")));
            }
            case Trigger.OnCron cron -> {
                out.text("schedule: ").text(exprs.written(cron.cron()));
                cron.zone().ifPresent(zone -> out.text(" zone ").text(exprs.written(zone)));
            }
            case Trigger.OnEvery every -> out.text("schedule: every ").text(exprs.written(every.period()));
        }
    }

    private void pattern(Trigger.EventPattern pattern, Flow out) {
        choices(pattern.types().stream().map(exprs::written).toList(), out);
        out.deeper();
        pattern.where().ifPresent(where -> exprs.print(where, out.gap().text("where ")));
        pattern.alias().ifPresent(alias -> out.text(" as ").text(exprs.written(alias)));
        out.shallower();
    }

    /** {@code a | b}. */
    static void choices(List<String> choices, Flow out) {
        for (int i = 0; i < choices.size(); i++) {
            if (i > 0) {
                out.text(" |").gap();
            }
            out.text(choices.get(i));
        }
    }

    /** The value of a property: a list without brackets stays without. */
    void property(Expr.Entry entry, Flow out) {
        out.text(exprs.written(entry.name())).text(": ");
        if (entry.value() instanceof Expr.ListLiteral list && !units.bracketed(list)) {
            exprs.list(list.items(), out, item -> exprs.print(item, out));
        } else {
            exprs.print(entry.value(), out);
        }
    }
}
