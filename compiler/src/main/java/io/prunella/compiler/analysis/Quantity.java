package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Values.Numbers;
import io.prunella.compiler.analysis.Values.Texts;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that has values at an instant: the series that one selector matches, an attribute, the hour.
 *
 * @param key the same for two places that mean the same thing, and values of one kind
 * @param metric the name that its series have, empty where it is no selector
 * @param matchers of the selector, as text
 * @param many whether it may have several values at once
 * @param domain values that it may have at all
 * @param plain whether nothing but what is said of it ties it to other quantities
 * @param never whether it never has a value
 */
record Quantity(String key, String metric, Set<String> matchers, boolean many, Values domain, boolean plain,
        boolean never) {
    private static final Numbers COUNTS = Numbers.of(Expr.CompareOp.GE, 0).wholeOnly();
    private static final Set<String> ACROSS = Set.of("sum", "avg", "min", "max", "count");
    private static final Set<String> COUNTING = Set.of("count", "changes", "resets", "count_over_time");

    Quantity {
        matchers = Set.copyOf(matchers);
    }

    /** Numbers that an expression may have. */
    static Quantity number(Expr expr) {
        return of(expr, "number", domain(expr));
    }

    static Quantity text(Expr expr) {
        return of(expr, "text", Texts.ALL);
    }

    static Quantity truth(Expr expr) {
        return of(expr, "truth", Texts.TRUTH);
    }

    /** How the values of two expressions stand to each other: -1, 0 or 1. */
    static Quantity order(Expr left, Expr right) {
        String a = key(left);
        String b = key(right);
        Numbers domain = a.equals(b)
                ? Numbers.of(Expr.CompareOp.EQ, 0)
                : Numbers.between(-1, false, 1, false).wholeOnly();
        return new Quantity("order " + a + " to " + b, "", Set.of(), !single(left) || !single(right),
                domain.withNan(), false, false);
    }

    /** A thing of its own, such as the time of day. */
    static Quantity single(String key, Values domain) {
        return new Quantity(key, "", Set.of(), false, domain, true, false);
    }

    /** Whether whatever is a value of this is one of {@code wider} too. */
    boolean within(Quantity wider) {
        return !metric.isEmpty() && metric.equals(wider.metric) && !key.equals(wider.key)
                && matchers.containsAll(wider.matchers);
    }

    /** The key of the same metric's selector with those matchers. */
    String keyWith(List<String> chosen) {
        return key.substring(0, key.indexOf(' ') + 1) + metric + new TreeSet<>(chosen);
    }

    private static Quantity of(Expr expr, String kind, Values domain) {
        if (expr instanceof Expr.Series series) {
            Set<String> matchers = new HashSet<>();
            series.matchers().forEach(m -> matchers.add(matcher(m)));
            return new Quantity(kind + " " + key(expr), series.name().text(), matchers, true, domain, true,
                    contradicts(series));
        }
        return new Quantity(kind + " " + key(expr), "", Set.of(), !single(expr), domain, expr instanceof Expr.Path,
                false);
    }

    /** The same text for expressions that mean the same. */
    static String key(Expr expr) {
        if (expr instanceof Expr.Series series) {
            TreeSet<String> matchers = new TreeSet<>();
            series.matchers().forEach(m -> matchers.add(matcher(m)));
            return series.name().text() + matchers;
        }
        return Ast.print(expr);
    }

    static String matcher(Expr.Matcher matcher) {
        return matcher.label().text() + matcher.op().sign() + '"' + matcher.value().text() + '"';
    }

    private static boolean contradicts(Expr.Series series) {
        Map<String, Values> labels = new HashMap<>();
        for (Expr.Matcher matcher : series.matchers()) {
            String value = matcher.value().text();
            boolean pattern = matcher.op() == Expr.MatchOp.MATCHES || matcher.op() == Expr.MatchOp.NOT_MATCHES;
            if (pattern && !Patterns.isReadable(value)) {
                continue;
            }
            Values values = switch (matcher.op()) {
                case EQ -> Texts.only(Set.of(value));
                case NE -> Texts.not(Set.of(value));
                case MATCHES -> Texts.like(value);
                case NOT_MATCHES -> Texts.unlike(value);
            };
            labels.merge(matcher.label().text(), values, Values::and);
        }
        return labels.values().stream().anyMatch(Values::isEmpty);
    }

    private static Numbers domain(Expr expr) {
        return switch (expr) {
            case Expr.EventCount _ -> COUNTS;
            case Expr.TimeSince _ -> Numbers.of(Expr.CompareOp.GE, 0);
            case Expr.OverEntities over -> switch (over.function().text()) {
                case "count" -> COUNTS;
                case "fraction" -> Numbers.between(0, false, 1, false).withNan();
                default -> Numbers.ALL;
            };
            case Expr.Call call -> COUNTING.contains(call.function().text()) ? COUNTS : Numbers.ALL;
            case Expr.Aggregate aggregate -> aggregate.function().text().equals("count") ? COUNTS : Numbers.ALL;
            case Expr.Keyword keyword -> switch (keyword.term()) {
                case DURATION -> Numbers.of(Expr.CompareOp.GE, 0);
                case WEEKDAY -> Numbers.between(1, false, 7, false).wholeOnly();
                case ENTITY, NOW, PARENT, CAUSE, THIS -> Numbers.ALL;
            };
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Group _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Path _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                Numbers.ALL;
        };
    }

    /** Whether an expression never has more than one value at once. */
    private static boolean single(Expr expr) {
        return switch (expr) {
            case Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _ ->
                true;
            case Expr.OverEntities over -> over.by().isEmpty();
            case Expr.Call call -> call.function().text().equals("absent") || call.function().text().equals("severity")
                    || (ACROSS.contains(call.function().text()) && call.arguments().size() == 1);
            case Expr.Group group -> single(group.inner());
            case Expr.Negate negate -> single(negate.operand());
            case Expr.Arithmetic a -> single(a.left()) && single(a.right());
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Series _,Expr.Range _,Expr.Aggregate _,Expr.Probe _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                false;
        };
    }
}
