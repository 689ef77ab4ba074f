package io.prunella.compiler.check;

import io.prunella.compiler.rule.ValueTerm.Aggregation;
import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.Locale;
import java.util.Optional;

/** Checks functions over a window and across series, and says what they measure. */
final class SeriesFunctionCheck {
    private final ValueCheck values;
    private final Source source;
    private final Diagnostics problems;

    SeriesFunctionCheck(ValueCheck values, Source source, Diagnostics problems) {
        this.values = values;
        this.source = source;
        this.problems = problems;
    }

    Type type(RangeCall call, Expr expr) {
        return switch (call) {
            case RangeCall.Over over -> over(over, expr);
            case RangeCall.Across across -> across(across, expr);
            case RangeCall.Misshapen misshapen -> {
                problems.report(DiagnosticCode.WRONG_ARGUMENT, expr.span())
                        .message("`%s` is no way to call it", source.slice(expr.span()))
                        .help("write `" + misshapen.example() + "`");
                yield Type.anything();
            }
        };
    }

    private Type over(RangeCall.Over over, Expr expr) {
        Type metric = values.series(over.series());
        if (over.millis() <= 0 || over.millis() > RangeCall.LONGEST_MILLIS) {
            problems.report(DiagnosticCode.WRONG_ARGUMENT, over.window().span())
                    .message(over.millis() <= 0
                            ? "a window of no length holds no sample"
                            : "a window of more than 45d cannot be kept in memory")
                    .help(over.millis() <= 0 ? "e.g. `5m`" : "use a shorter one");
            return Type.anything();
        }
        if (over.function() == RangeFunction.QUANTILE && !(over.parameter() >= 0 && over.parameter() <= 1)) {
            problems.report(DiagnosticCode.WRONG_ARGUMENT, expr.span())
                    .message("a quantile lies between 0 and 1").help("e.g. `quantile_over_time(0.99, x[5m])`");
            return Type.anything();
        }
        Optional<Dimension> known = metric.known();
        if (known.isEmpty()) {
            return RangeCall.result(over.function(), Dimension.STRING).map(d -> (Type) Type.Of.of(d))
                    .orElse(Type.anything());
        }
        Optional<Dimension> result = RangeCall.result(over.function(), known.get());
        if (result.isEmpty()) {
            problems.report(DiagnosticCode.DIFFERENT_DIMENSIONS, expr.span())
                    .message("`%s` of `%s`, which is %s, has no unit here", RangeCall.name(over.function()),
                            over.series().name().text(), metric instanceof Type.Of of ? of.phrase() : "a value")
                    .help(known.get() == Dimension.BYTES_PER_SECOND
                            ? "it is a rate already: take `avg_over_time` of it"
                            : "functions take metrics of numbers");
            return Type.anything();
        }
        return result.get() == known.get() && RangeCall.within(over.function())
                ? metric
                : Type.Of.of(result.get());
    }

    private Type across(RangeCall.Across across, Expr expr) {
        Type inner = values.type(across.argument());
        boolean[] series = {false};
        Ast.walk(across.argument(), node -> series[0] |= node instanceof Expr.Series);
        if (!series[0]) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, across.argument().span())
                    .message("`%s` has no series to take together", source.slice(across.argument().span()))
                    .help("e.g. `sum(errors)`");
            return Type.anything();
        }
        Optional<Dimension> known = inner.known();
        if (known.filter(d -> d == Dimension.STRING || d == Dimension.BOOLEAN).isPresent()) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, expr.span()).message("`%s` takes numbers",
                    across.aggregation().name().toLowerCase(Locale.ROOT));
            return Type.anything();
        }
        if (across.aggregation() == Aggregation.COUNT) {
            return Type.Of.of(Dimension.NUMBER);
        }
        return inner;
    }
}
