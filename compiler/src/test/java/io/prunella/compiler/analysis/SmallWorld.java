package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * One instant with everything that a condition may ask for, and conditions evaluated in it, plainly, as the language says
 * it: by going through all values. Empty is unknown.
 *
 * @param attributes of the event: numbers, texts and truths
 * @param minute of the day
 * @param reached holds that were long enough, by their text, where their condition is true
 */
record SmallWorld(List<Sample> samples, Map<String, Object> attributes, int events, int minute, int weekday,
        Set<Integer> reached) {

    record Sample(String metric, Map<String, String> labels, double value) {}

    Optional<Boolean> truth(Expr expr, boolean all) {
        return switch (expr) {
            case Expr.Or or -> either(or.operands(), all);
            case Expr.And and -> either(and.operands().stream().<Expr>map(o -> new Expr.Not(o, o.span())).toList(), all)
                    .map(b -> !b);
            case Expr.Not not -> truth(not.operand(), all).map(b -> !b);
            case Expr.Group group -> truth(group.inner(), all);
            case Expr.Sustained held -> truth(held.condition(), all)
                    .map(b -> b && reached.contains(Math.floorMod(Ast.print(held).hashCode(), 2)));
            case Expr.BooleanLiteral literal -> Optional.of(literal.value());
            case Expr.Call call -> truth(call.arguments().getFirst(), call.function().text().equals("all"));
            case Expr.Comparison c -> comparison(c, all);
            case Expr.In in -> quantified(values(in.value()), v -> in.items().stream().anyMatch(i -> isIn(v, i)), all);
            case Expr.TimeIn t -> Optional.of(t.fromMinute() < t.toMinute()
                    ? minute >= t.fromMinute() && minute < t.toMinute()
                    : minute >= t.fromMinute() || minute < t.toMinute());
            case Expr.Path path -> Optional.ofNullable((Boolean) attributes.get(path.fields().getFirst().text()));
            case Expr other -> throw new IllegalArgumentException("no condition of this test: " + other);
        };
    }

    private Optional<Boolean> either(List<Expr> operands, boolean all) {
        List<Optional<Boolean>> truths = operands.stream().map(o -> truth(o, all)).toList();
        if (truths.contains(Optional.of(true))) {
            return Optional.of(true);
        }
        return truths.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(false);
    }

    private static Optional<Boolean> quantified(List<?> values, Predicate<Object> test, boolean all) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(all ? values.stream().allMatch(test) : values.stream().anyMatch(test));
    }

    private Optional<Boolean> comparison(Expr.Comparison c, boolean all) {
        if (c.right() instanceof Expr.Series right && c.left() instanceof Expr.Series left) {
            List<double[]> pairs = pairs(left, right);
            return quantified(pairs, pair -> compare(((double[]) pair)[0], c.op(), ((double[]) pair)[1]), all);
        }
        if (c.right() instanceof Expr.StringLiteral text) {
            BiPredicate<Object, String> test = (value, pattern) -> switch (c.op()) {
                case EQ -> value.equals(pattern);
                case NE -> !value.equals(pattern);
                case MATCHES -> ((String) value).matches(pattern);
                case NOT_MATCHES -> !((String) value).matches(pattern);
                case LT, LE, GT, GE -> throw new IllegalArgumentException("texts have no order");
            };
            return quantified(values(c.left()), v -> test.test(v, text.text()), all);
        }
        double right = (double) values(c.right()).getFirst();
        return quantified(values(c.left()), v -> compare((double) v, c.op(), right), all);
    }

    // Series pair when their labels are equal; a side with one series pairs with each of the other.
    private List<double[]> pairs(Expr.Series left, Expr.Series right) {
        List<Sample> lefts = matching(left);
        List<Sample> rights = matching(right);
        List<double[]> pairs = new ArrayList<>();
        for (Sample l : lefts) {
            for (Sample r : rights) {
                if (l.labels().equals(r.labels()) || lefts.size() == 1 || rights.size() == 1) {
                    pairs.add(new double[]{l.value(), r.value()});
                }
            }
        }
        return pairs;
    }

    private static boolean compare(double a, Expr.CompareOp op, double b) {
        return switch (op) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
            case MATCHES, NOT_MATCHES -> throw new IllegalArgumentException("numbers match no pattern");
        };
    }

    private boolean isIn(Object value, Expr.InItem item) {
        if (item.from() instanceof Expr.StringLiteral text) {
            return value.equals(text.text());
        }
        double low = (double) values(item.from()).getFirst();
        double high = item.to().map(to -> (double) values(to).getFirst()).orElse(low);
        return (double) value >= low && (double) value <= high;
    }

    private List<Object> values(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> List.of(number.value());
            case Expr.Group group -> values(group.inner());
            case Expr.Negate negate -> values(negate.operand()).stream().<Object>map(v -> -(double) v).toList();
            case Expr.Series series -> matching(series).stream().<Object>map(Sample::value).toList();
            case Expr.Path path -> {
                Object value = attributes.get(path.fields().getFirst().text());
                yield value == null ? List.of() : List.of(value);
            }
            case Expr.EventCount _ -> List.of((double) events);
            case Expr.Keyword _ -> List.of((double) weekday);
            case Expr.Call call -> values(call.arguments().getFirst()).stream().mapToDouble(v -> (double) v).max()
                    .stream().boxed().<Object>map(v -> v).toList();
            case Expr.Arithmetic a -> arithmetic(a);
            case Expr other -> throw new IllegalArgumentException("no value of this test: " + other);
        };
    }

    // One side is a constant in these conditions.
    private List<Object> arithmetic(Expr.Arithmetic a) {
        List<Object> results = new ArrayList<>();
        for (Object left : values(a.left())) {
            for (Object right : values(a.right())) {
                double l = (double) left;
                double r = (double) right;
                results.add(switch (a.op()) {
                    case ADD -> l + r;
                    case SUBTRACT -> l - r;
                    case MULTIPLY -> l * r;
                    case DIVIDE -> l / r;
                    case MODULO -> l % r;
                });
            }
        }
        return results;
    }

    private List<Sample> matching(Expr.Series series) {
        return samples.stream().filter(s -> s.metric().equals(series.name().text())
                && series.matchers().stream().allMatch(m -> matches(s.labels().getOrDefault(m.label().text(), ""), m)))
                .toList();
    }

    private static boolean matches(String label, Expr.Matcher matcher) {
        String value = matcher.value().text();
        return switch (matcher.op()) {
            case EQ -> label.equals(value);
            case NE -> !label.equals(value);
            case MATCHES -> label.matches(value);
            case NOT_MATCHES -> !label.matches(value);
        };
    }
}
