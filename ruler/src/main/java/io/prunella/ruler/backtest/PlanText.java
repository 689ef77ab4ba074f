package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.DurationText;
import io.prunella.plan.Value;
import io.prunella.ruler.Printed;
import io.prunella.ruler.index.Lookups;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan on one line, its steps as a firing's line has them. */
final class PlanText {
    private PlanText() {}

    static String of(RuleModel rule) {
        return rule.outline().isEmpty()
                ? "nothing"
                : rule.outline().stream().map(PlanText::step).collect(Collectors.joining(", then "));
    }

    private static String step(Map<String, Value> step) {
        return step.entrySet().stream().map(field -> field.getKey() + "=" + value(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String value(Value value) {
        return switch (value) {
            case Value.Text text -> Lookups.written(text.template());
            case Value.Quantity quantity -> Printed.number(quantity.value());
            case Value.Duration duration -> DurationText.of(duration.millis());
            case Value.Flag flag -> Boolean.toString(flag.value());
            case Value.Reference reference -> Lookups.written(reference.lookup());
            case Value.Items items ->
                items.items().stream().map(PlanText::value).collect(Collectors.joining(", ", "[", "]"));
            case Value.Fields fields -> "{" + step(fields.fields()) + "}";
        };
    }
}
