package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conditions whose truth is known before any value is, as far as intervals of one series tell.
 *
 * <p>{@code x > 5 AND x < 3} can hold for two series of one subject, as a comparison holds if any series satisfies it;
 * so it is warned of as what nearly always is a slip, with {@code any} said outright as the way to mean it.
 */
final class Constancy {
    private final Source source;
    private final Diagnostics problems;

    private Constancy(Source source, Diagnostics problems) {
        this.source = source;
        this.problems = problems;
    }

    static void run(Expr condition, Source source, Diagnostics problems) {
        Constancy constancy = new Constancy(source, problems);
        if (condition instanceof Expr.BooleanLiteral literal && !literal.value()) {
            problems.report(DiagnosticCode.NEVER_TRUE, literal.span()).message("this condition is never true");
        }
        Ast.walk(condition, node -> {
            if (node instanceof Expr.And and) {
                constancy.conjunction(and);
            } else if (node instanceof Expr.Or or) {
                constancy.disjunction(or);
            } else if (node instanceof Expr.Comparison comparison) {
                constancy.constant(comparison);
            }
        });
    }

    private record Bound(String series, Range range, Expr.Comparison comparison) {}

    private static Optional<Bound> bound(Expr expr) {
        Expr plain = expr;
        while (plain instanceof Expr.Group || plain instanceof Expr.Sustained) {
            plain = plain instanceof Expr.Group group ? group.inner() : ((Expr.Sustained) plain).condition();
        }
        if (!(plain instanceof Expr.Comparison c)) {
            return Optional.empty();
        }
        if (c.left() instanceof Expr.Series series) {
            return number(c.right()).map(n -> new Bound(key(series), Range.of(c.op(), n), c));
        }
        if (c.right() instanceof Expr.Series series) {
            return number(c.left()).map(n -> new Bound(key(series), Range.of(turned(c.op()), n), c));
        }
        return Optional.empty();
    }

    private static String key(Expr.Series series) {
        StringBuilder key = new StringBuilder(series.name().text());
        series.matchers().forEach(m -> key.append('|').append(m.label().text()).append(m.op().sign())
                .append(m.value().text()));
        return key.toString();
    }

    private static CompareOp turned(CompareOp op) {
        return switch (op) {
            case LT -> CompareOp.GT;
            case LE -> CompareOp.GE;
            case GT -> CompareOp.LT;
            case GE -> CompareOp.LE;
            case EQ, NE, MATCHES, NOT_MATCHES -> op;
        };
    }

    private static Optional<Double> number(Expr expr) {
        if (expr instanceof Expr.Negate negate) {
            return number(negate.operand()).map(n -> -n);
        }
        return expr instanceof Expr.NumberLiteral literal
                ? Optional.of(literal.dimension() == Dimension.DURATION ? literal.value() / 1000 : literal.value())
                : Optional.empty();
    }

    private void conjunction(Expr.And and) {
        Map<String, Bound> known = new LinkedHashMap<>();
        for (Expr operand : and.operands()) {
            Optional<Bound> found = bound(operand);
            if (found.isEmpty()) {
                continue;
            }
            Bound bound = found.get();
            Bound before = known.get(bound.series());
            Range together = before == null ? bound.range() : before.range().and(bound.range());
            if (before != null && together.empty()) {
                problems.report(DiagnosticCode.NEVER_TRUE, bound.comparison().span())
                        .message("no value satisfies both `%s` and `%s`", text(before.comparison()),
                                text(bound.comparison()))
                        .label(before.comparison().span(), "the other one")
                        .help("if two series are meant, say which: give each its labels");
                return;
            }
            known.put(bound.series(), new Bound(bound.series(), together,
                    before == null ? bound.comparison() : before.comparison()));
        }
    }

    private void disjunction(Expr.Or or) {
        Map<String, List<Bound>> known = new LinkedHashMap<>();
        for (Expr operand : or.operands()) {
            bound(operand).ifPresent(b -> known.computeIfAbsent(b.series(), _ -> new ArrayList<>()).add(b));
        }
        for (List<Bound> bounds : known.values()) {
            for (Bound first : bounds) {
                for (Bound second : bounds) {
                    if (first.comparison().span().start() < second.comparison().span().start()
                            && first.range().covers(second.range())
                            && !first.range().equals(Range.ALL) && !second.range().equals(Range.ALL)) {
                        problems.report(DiagnosticCode.ALWAYS_TRUE, second.comparison().span())
                                .message("every value satisfies `%s` or `%s`", text(first.comparison()),
                                        text(second.comparison()))
                                .label(first.comparison().span(), "the other one").help("did you mean `AND`?");
                        return;
                    }
                }
            }
        }
    }

    private void constant(Expr.Comparison c) {
        if (c.left() instanceof Expr.Keyword keyword && keyword.term() == Expr.KeywordTerm.DURATION) {
            if (c.op() == CompareOp.GE && number(c.right()).filter(n -> n == 0).isPresent()) {
                problems.report(DiagnosticCode.ALWAYS_TRUE, c.span()).message("`%s` is always true", text(c))
                        .help("give it a length, e.g. `duration > 30s`");
            }
            return;
        }
        Optional<Double> left = number(c.left());
        Optional<Double> right = number(c.right());
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        boolean holds = switch (c.op()) {
            case EQ -> left.get().equals(right.get());
            case NE -> !left.get().equals(right.get());
            case LT -> left.get() < right.get();
            case LE -> left.get() <= right.get();
            case GT -> left.get() > right.get();
            case GE -> left.get() >= right.get();
            case MATCHES, NOT_MATCHES -> true;
        };
        problems.report(holds ? DiagnosticCode.ALWAYS_TRUE : DiagnosticCode.NEVER_TRUE, c.span())
                .message("`%s` is %s true", text(c), holds ? "always" : "never").help("compare a metric");
    }

    private String text(Expr expr) {
        return source.slice(expr.span()).replaceAll("\\s+", " ");
    }
}
