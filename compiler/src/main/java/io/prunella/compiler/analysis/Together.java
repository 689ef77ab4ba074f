package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Reading.Truth;
import io.prunella.compiler.check.Clauses;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clauses of one rule that leave each other nothing to do. */
final class Together {
    private final Clauses clauses;
    private final Wording wording;
    private final Diagnostics problems;
    private final List<Leg> legs;

    private Together(Clauses clauses, Wording wording, Diagnostics problems) {
        this.clauses = clauses;
        this.wording = wording;
        this.problems = problems;
        this.legs = legs(clauses);
    }

    /** A condition that is so whenever the rule fires. */
    record Leg(Expr condition, Claim claim) {
        static Leg of(Expr condition, Truth truth) {
            return new Leg(condition, Reading.ANY.claim(condition, truth));
        }
    }

    /** Warns about a rule of which no condition is constant by itself. */
    static void run(Clauses clauses, Wording wording, Diagnostics problems) {
        Together together = new Together(clauses, wording, problems);
        if (!together.triggerAgainstCondition() && clauses.one(Clause.KeepFiringFor.class).isEmpty()) {
            clauses.one(Clause.Unless.class).ifPresent(unless -> together.unless(unless.condition()));
            clauses.one(Clause.Until.class).ifPresent(until -> together.until(until.condition()));
        }
    }

    /** What is so at the instant at which a rule fires: its {@code when}, and what the trigger says of the event. */
    static List<Leg> legs(Clauses clauses) {
        List<Leg> legs = new ArrayList<>();
        where(clauses).ifPresent(where -> flat(where).stream().filter(Together::isOfEvent)
                .forEach(part -> legs.add(Leg.of(part, Truth.TRUE))));
        clauses.one(Clause.When.class)
                .ifPresent(when -> flat(when.condition()).forEach(part -> legs.add(Leg.of(part, Truth.TRUE))));
        return legs;
    }

    // Of one event alone: in a sequence, `event` in `when` is another than in the first filter.
    private static Optional<Expr> where(Clauses clauses) {
        return clauses.one(Clause.On.class).flatMap(on -> switch (on.trigger()) {
            case Trigger.OnEvent e when e.chain().isEmpty() && e.without().isEmpty() && e.times().isEmpty() ->
                e.first().where();
            case Trigger.OnAlert a -> a.where();
            case Trigger.OnEvent _,Trigger.OnBurn _,Trigger.OnCron _,Trigger.OnEvery _ -> Optional.<Expr>empty();
        });
    }

    static List<Expr> flat(Expr condition) {
        return Logic.ungrouped(condition) instanceof Expr.And and ? and.operands() : List.of(condition);
    }

    // Attributes stay what they are; a metric may have changed between the event and the firing.
    private static boolean isOfEvent(Expr part) {
        boolean[] onlyEvent = {true};
        Ast.walk(part, node -> onlyEvent[0] &= !(node instanceof Expr.Series || node instanceof Expr.OverEntities
                || node instanceof Expr.EventCount || node instanceof Expr.TimeSince || node instanceof Expr.TimeIn
                || node instanceof Expr.Keyword
                || (node instanceof Expr.Path path && !path.root().text().equals("event"))));
        return onlyEvent[0];
    }

    private boolean triggerAgainstCondition() {
        if (!impossible(legs)) {
            return false;
        }
        List<Leg> core = Core.of(legs, Together::impossible);
        List<Expr> parts = core.stream().map(Leg::condition).toList();
        if (where(clauses).isPresent() && core.size() > 1) {
            Diagnostics.Reported reported = problems.report(DiagnosticCode.NEVER_TRUE, parts.getLast().span())
                    .message("%s can never %s be true", wording.listed(parts, "and"),
                            parts.size() == 2 ? "both" : "all");
            parts.forEach(part -> reported.label(part.span(), wording.demand(part, Reading.ANY)));
            reported.help("the trigger lets no event through for which the condition is true");
        }
        return true;
    }

    private void unless(Expr unless) {
        Leg blocks = Leg.of(unless, Truth.TRUE);
        Leg lets = Leg.of(unless, Truth.NOT_TRUE);
        if (impossible(List.of(blocks)) || impossible(List.of(Leg.of(unless, Truth.FALSE)))) {
            return;
        }
        if (impossible(with(lets))) {
            Diagnostics.Reported reported = problems.report(DiagnosticCode.NEVER_TRUE, unless.span())
                    .message("`unless` is true whenever the rest of the condition is, so this rule never fires");
            because(lets, reported);
            reported.help("remove `unless`, or let it speak of something else");
        } else if (impossible(with(blocks))) {
            Diagnostics.Reported reported = problems.report(DiagnosticCode.NEVER_TRUE, unless.span())
                    .message("`unless` can never be true while the rest of the condition is");
            because(blocks, reported);
            reported.help("remove `unless`, or let it speak of something else");
        }
    }

    private void until(Expr until) {
        Leg open = Leg.of(until, Truth.NOT_TRUE);
        if (!legs.isEmpty() && !impossible(List.of(open)) && impossible(with(open))) {
            Diagnostics.Reported reported = problems.report(DiagnosticCode.ALWAYS_TRUE, until.span())
                    .message("`until` is true whenever the condition is, so it holds nothing back");
            because(open, reported);
            reported.help("`until` says when the trouble is over, e.g. `until: cpu_load < 80% for 2m`");
        }
    }

    private void because(Leg clause, Diagnostics.Reported reported) {
        Core.of(with(clause), Together::impossible).stream().filter(leg -> !leg.equals(clause))
                .forEach(leg -> reported.label(leg.condition().span(), wording.demand(leg.condition(), Reading.ANY)));
    }

    private List<Leg> with(Leg leg) {
        List<Leg> all = new ArrayList<>(legs);
        all.add(leg);
        return all;
    }

    static boolean impossible(List<Leg> legs) {
        return Solver.isImpossible(new Claim.Both(legs.stream().map(Leg::claim).toList()));
    }
}
