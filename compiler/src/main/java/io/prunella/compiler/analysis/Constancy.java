package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Reading.Truth;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.List;
import java.util.function.Predicate;

/**
 * Conditions whose truth is known before any value is, and the smallest parts of them that show it.
 *
 * <p>{@code x > 5 AND x < 3} can be true, of two series of one subject, as a comparison holds if any series satisfies
 * it; so all that is said of it is that no one series ever does.
 */
final class Constancy {
    private final Wording wording;
    private final Diagnostics problems;

    private Constancy(Wording wording, Diagnostics problems) {
        this.wording = wording;
        this.problems = problems;
    }

    /** Warns about a condition; tells whether it did. */
    static boolean run(Expr condition, Reading reading, Wording wording, Diagnostics problems) {
        return new Constancy(wording, problems).look(condition, reading);
    }

    /** Warns about a rule that nothing but {@code true} starts. */
    static void alone(Expr.BooleanLiteral literal, Diagnostics problems) {
        problems.report(DiagnosticCode.ALWAYS_TRUE, literal.span())
                .message("`true` is always true, and nothing else starts this rule")
                .help("compare a metric, or add a trigger such as `on schedule: every 5m`");
    }

    private boolean look(Expr expr, Reading reading) {
        if (Solver.isImpossible(reading.claim(expr, Truth.TRUE))) {
            never(expr, reading);
            return true;
        }
        if (!(expr instanceof Expr.BooleanLiteral)
                && Solver.isImpossible(reading.numbersOnly().claim(expr, Truth.FALSE))) {
            always(expr, reading);
            return true;
        }
        return parts(expr, reading);
    }

    private boolean parts(Expr expr, Reading reading) {
        return switch (expr) {
            case Expr.And and -> each(and.operands(), reading) || oneSeries(and, reading);
            case Expr.Or or -> each(or.operands(), reading);
            case Expr.Not not -> look(not.operand(), reading);
            case Expr.Group group -> look(group.inner(), reading);
            case Expr.Sustained sustained -> look(sustained.condition(), reading);
            case Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                inside(expr, reading);
        };
    }

    private boolean each(List<Expr> operands, Reading reading) {
        boolean any = false;
        for (Expr operand : operands) {
            any |= look(operand, reading);
        }
        return any;
    }

    // Conditions over other entities, which are about their series and not the subject's.
    private boolean inside(Expr expr, Reading reading) {
        boolean[] any = {false};
        if (!reading.all()) {
            Ast.walk(expr, node -> {
                if (node instanceof Expr.OverEntities over) {
                    any[0] |= over.where().filter(where -> look(where, reading)).isPresent();
                }
            });
        }
        return any[0];
    }

    private void never(Expr expr, Reading reading) {
        switch (expr) {
            case Expr.And and -> {
                List<Expr> core = Core.of(and.operands(), contradict(reading, Truth.TRUE));
                if (core.size() == 1) {
                    never(core.getFirst(), reading);
                } else {
                    Diagnostics.Reported reported = problems.report(DiagnosticCode.NEVER_TRUE, core.getLast().span())
                            .message("%s can never %s be true", wording.listed(core, "and"),
                                    core.size() == 2 ? "both" : "all");
                    chain(core, reading, reported);
                    reported.help("the whole `AND` is never true: change one of them, or remove it");
                }
            }
            case Expr.Or or -> or.operands().forEach(operand -> never(operand, reading));
            case Expr.Group group -> never(group.inner(), reading);
            case Expr.Sustained sustained when Solver
                    .isImpossible(reading.claim(sustained.condition(), Truth.TRUE)) ->
                never(sustained.condition(), reading);
            case Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                problems.report(DiagnosticCode.NEVER_TRUE, expr.span())
                        .message("`%s` can never be true", wording.text(expr)).help(wording.reason(expr));
        }
    }

    private void always(Expr expr, Reading reading) {
        switch (expr) {
            case Expr.Or or -> {
                List<Expr> core = Core.of(or.operands(), contradict(reading.numbersOnly(), Truth.FALSE));
                if (core.size() == 1) {
                    always(core.getFirst(), reading);
                } else {
                    Diagnostics.Reported reported = problems.report(DiagnosticCode.ALWAYS_TRUE, core.getLast().span())
                            .message("one of %s is always true", wording.listed(core, "and"));
                    core.subList(0, core.size() - 1)
                            .forEach(other -> reported.label(other.span(), "what this leaves out, the other takes"));
                    reported.help("did you mean `AND`?");
                }
            }
            case Expr.And and -> and.operands().forEach(operand -> always(operand, reading));
            case Expr.Group group -> always(group.inner(), reading);
            case Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                problems.report(DiagnosticCode.ALWAYS_TRUE, expr.span())
                        .message("`%s` is always true", wording.text(expr)).help(wording.reason(expr));
        }
    }

    private boolean oneSeries(Expr.And and, Reading reading) {
        Predicate<List<Expr>> contradict = operands -> Solver.isImpossibleForOneSeries(
                new Claim.Both(operands.stream().map(o -> reading.claim(o, Truth.TRUE)).toList()));
        if (reading.all() || !contradict.test(and.operands())) {
            return false;
        }
        List<Expr> core = Core.of(and.operands(), contradict);
        Span place = core.getLast().span();
        Diagnostics.Reported reported = problems.report(DiagnosticCode.NEVER_OF_ONE_SERIES, place)
                .message("%s can never %s be true of one series", wording.listed(core, "and"),
                        core.size() == 2 ? "both" : "all");
        chain(core, reading, reported);
        reported.help("if two series are meant, say so with `any(…)` around each, or give each its labels");
        return true;
    }

    private void chain(List<Expr> core, Reading reading, Diagnostics.Reported reported) {
        core.forEach(leg -> reported.label(leg.span(), wording.demand(leg, reading)));
    }

    private static Predicate<List<Expr>> contradict(Reading reading, Truth truth) {
        return operands -> Solver.isImpossible(
                new Claim.Both(operands.stream().map(operand -> reading.claim(operand, truth)).toList()));
    }
}
