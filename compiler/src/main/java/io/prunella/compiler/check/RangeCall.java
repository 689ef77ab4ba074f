package io.prunella.compiler.check;

import io.prunella.compiler.rule.ValueTerm.Aggregation;
import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A call that makes values of series: {@code rate(x[5m])}, {@code avg(x, 5m)}, {@code sum(x)}. */
public sealed interface RangeCall {
    /** The longest window: times within it are kept in 32 bits of milliseconds. */
    long LONGEST_MILLIS = 45L * 24 * 3600 * 1000;

    /** Over the samples of a window; {@code parameter} as in the rule model. */
    record Over(RangeFunction function, Expr.Series series, Expr window, long millis, double parameter)
            implements
                RangeCall {}

    /** Over several series. */
    record Across(Aggregation aggregation, Expr argument, List<String> by) implements RangeCall {}

    /** No such call can be made; {@code example} shows one. */
    record Misshapen(String example) implements RangeCall {}

    Map<String, RangeFunction> PROMETHEUS = Map.ofEntries(Map.entry("rate", RangeFunction.RATE),
            Map.entry("irate", RangeFunction.IRATE), Map.entry("increase", RangeFunction.INCREASE),
            Map.entry("delta", RangeFunction.DELTA), Map.entry("idelta", RangeFunction.IDELTA),
            Map.entry("deriv", RangeFunction.DERIV), Map.entry("changes", RangeFunction.CHANGES),
            Map.entry("resets", RangeFunction.RESETS), Map.entry("avg_over_time", RangeFunction.AVG),
            Map.entry("min_over_time", RangeFunction.MIN), Map.entry("max_over_time", RangeFunction.MAX),
            Map.entry("sum_over_time", RangeFunction.SUM), Map.entry("count_over_time", RangeFunction.COUNT),
            Map.entry("stddev_over_time", RangeFunction.STDDEV), Map.entry("last_over_time", RangeFunction.LAST));

    Map<String, RangeFunction> SHORT = Map.of("avg", RangeFunction.AVG, "min", RangeFunction.MIN, "max",
            RangeFunction.MAX, "sum", RangeFunction.SUM, "stddev", RangeFunction.STDDEV, "rate", RangeFunction.RATE,
            "increase", RangeFunction.INCREASE, "delta", RangeFunction.DELTA);

    Map<String, Aggregation> AGGREGATIONS = Map.of("sum", Aggregation.SUM, "avg", Aggregation.AVG, "min",
            Aggregation.MIN, "max", Aggregation.MAX, "count", Aggregation.COUNT);

    /** What a call is; empty for a function of another kind. */
    static Optional<RangeCall> of(Expr.Call call) {
        String name = call.function().text();
        List<Expr> arguments = call.arguments();
        if (name.equals("quantile_over_time")) {
            return Optional.of(arguments.size() == 2 && number(arguments.get(0)).isPresent()
                    ? over(RangeFunction.QUANTILE, arguments.get(1), number(arguments.get(0)).get(), example(name))
                    : new Misshapen(example(name)));
        }
        if (name.equals("predict_linear")) {
            return Optional.of(arguments.size() == 2 && seconds(arguments.get(1)).isPresent()
                    ? over(RangeFunction.PREDICT_LINEAR, arguments.get(0), seconds(arguments.get(1)).get(),
                            example(name))
                    : new Misshapen(example(name)));
        }
        Optional<Double> percentile = percentile(name);
        if (percentile.isPresent()) {
            return Optional.of(shortForm(RangeFunction.QUANTILE, arguments, percentile.get(), name));
        }
        if (arguments.size() == 1 && PROMETHEUS.containsKey(name)) {
            return Optional.of(over(PROMETHEUS.get(name), arguments.getFirst(), 0, example(name)));
        }
        if (arguments.size() == 2 && SHORT.containsKey(name)) {
            return Optional.of(shortForm(SHORT.get(name), arguments, 0, name));
        }
        if (AGGREGATIONS.containsKey(name)) {
            return Optional.of(across(call, List.of()));
        }
        return PROMETHEUS.containsKey(name) || SHORT.containsKey(name)
                ? Optional.of(new Misshapen(example(name)))
                : Optional.empty();
    }

    /** What an aggregation by labels is. */
    static RangeCall of(Expr.Aggregate aggregate) {
        return across(new Expr.Call(aggregate.function(), List.of(aggregate.argument()), aggregate.span()),
                aggregate.by().stream().map(label -> label.text()).toList());
    }

    private static RangeCall across(Expr.Call call, List<String> by) {
        String name = call.function().text();
        Aggregation aggregation = AGGREGATIONS.get(name);
        boolean one = call.arguments().size() == 1 && !(call.arguments().getFirst() instanceof Expr.Range);
        return aggregation == null || !one
                ? new Misshapen(aggregation == null
                        ? "sum by (rack) (x)"
                        : SHORT.containsKey(name) ? name + "(x, 5m)` or `" + name + "(x)" : name + "(x)")
                : new Across(aggregation, call.arguments().getFirst(), by);
    }

    private static RangeCall over(RangeFunction function, Expr argument, double parameter, String example) {
        return ExprCheck.ungrouped(argument) instanceof Expr.Range range
                ? new Over(function, range.series(), range, range.window().millis(), parameter)
                : new Misshapen(example);
    }

    private static RangeCall shortForm(RangeFunction function, List<Expr> arguments, double parameter, String name) {
        return arguments.size() == 2 && ExprCheck.ungrouped(arguments.get(0)) instanceof Expr.Series series
                && arguments.get(1) instanceof Expr.NumberLiteral window && window.dimension() == Dimension.DURATION
                        ? new Over(function, series, window, Math.round(window.value()), parameter)
                        : new Misshapen(name + "(x, 5m)");
    }

    private static Optional<Double> number(Expr expr) {
        return expr instanceof Expr.NumberLiteral literal && literal.dimension() == Dimension.NUMBER
                ? Optional.of(literal.value())
                : expr instanceof Expr.Negate negate ? number(negate.operand()).map(n -> -n) : Optional.empty();
    }

    private static Optional<Double> seconds(Expr expr) {
        if (expr instanceof Expr.NumberLiteral literal && literal.dimension() == Dimension.DURATION) {
            return Optional.of(literal.value() / 1000.0);
        }
        return expr instanceof Expr.Negate negate ? seconds(negate.operand()).map(n -> -n) : number(expr);
    }

    /** {@code p99} is 0.99, {@code p5} is 0.05, {@code p999} is 0.999, {@code p100} is 1. */
    private static Optional<Double> percentile(String name) {
        if (!name.matches("p[0-9]{1,4}")) {
            return Optional.empty();
        }
        String digits = name.substring(1);
        return Optional.of(digits.equals("100")
                ? 1.0
                : Double.parseDouble("0." + (digits.length() == 1 ? "0" : "") + digits));
    }

    private static String example(String name) {
        return switch (name) {
            case "quantile_over_time" -> "quantile_over_time(0.99, x[5m])";
            case "predict_linear" -> "predict_linear(x[6h], 12h)";
            default -> SHORT.containsKey(name) && !PROMETHEUS.containsKey(name)
                    ? name + "(x, 5m)"
                    : name + "(x[5m])";
        };
    }

    /** How a function is called in messages. */
    static String name(RangeFunction function) {
        return switch (function) {
            case AVG, MIN, MAX, SUM, COUNT, STDDEV, LAST, QUANTILE ->
                function.name().toLowerCase(Locale.ROOT) + "_over_time";
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, CHANGES, RESETS ->
                function.name().toLowerCase(Locale.ROOT);
        };
    }

    /** What comes out of a function of a metric; empty where there is no unit for it. */
    static Optional<Dimension> result(RangeFunction function, Dimension metric) {
        return switch (function) {
            case RATE, IRATE, DERIV -> switch (metric) {
                case NUMBER, DURATION -> Optional.of(Dimension.NUMBER);
                case BYTES -> Optional.of(Dimension.BYTES_PER_SECOND);
                case BYTES_PER_SECOND, STRING, BOOLEAN -> Optional.empty();
            };
            case CHANGES, RESETS, COUNT -> Optional.of(Dimension.NUMBER);
            case INCREASE, DELTA, IDELTA, PREDICT_LINEAR, AVG, MIN, MAX, SUM, STDDEV, LAST, QUANTILE ->
                switch (metric) {
                    case NUMBER, DURATION, BYTES, BYTES_PER_SECOND -> Optional.of(metric);
                    case STRING, BOOLEAN -> Optional.empty();
                };
        };
    }

    /** What a metric is whose function gives {@code result}; empty where that does not tell. */
    static Optional<Dimension> metric(RangeFunction function, Dimension result) {
        return switch (function) {
            case RATE, IRATE, DERIV ->
                result == Dimension.BYTES_PER_SECOND ? Optional.of(Dimension.BYTES) : Optional.empty();
            case CHANGES, RESETS, COUNT -> Optional.empty();
            case INCREASE, DELTA, IDELTA, PREDICT_LINEAR, AVG, MIN, MAX, SUM, STDDEV, LAST, QUANTILE ->
                Optional.of(result);
        };
    }

    /** Whether the result is one of the samples or between two of them, so that a ratio's is a ratio. */
    static boolean within(RangeFunction function) {
        return switch (function) {
            case AVG, MIN, MAX, LAST, QUANTILE, PREDICT_LINEAR -> true;
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, CHANGES, RESETS, SUM, COUNT, STDDEV -> false;
        };
    }

    /** The same of an aggregation. */
    static boolean within(Aggregation aggregation) {
        return switch (aggregation) {
            case AVG, MIN, MAX -> true;
            case SUM, COUNT -> false;
        };
    }
}
