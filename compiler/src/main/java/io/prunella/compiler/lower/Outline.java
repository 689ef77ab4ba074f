package io.prunella.compiler.lower;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.PackHeader.Defaults;
import io.prunella.compiler.check.StepCheck;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Step.Argument;
import io.prunella.dsl.ast.Step.ArgumentValue;
import io.prunella.plan.DurationText;
import io.prunella.plan.Step.Backoff;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a simulation prints of {@code then}: arguments written or inherited, built-in defaults left out. */
final class Outline {
    private Outline() {}

    static List<Map<String, Value>> of(List<Step> steps, Defaults defaults, ConditionLowering conditions) {
        List<Map<String, Value>> outline = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Invoke invoke) {
                outline.add(step(invoke, defaults, conditions));
            }
        }
        return outline;
    }

    private static Map<String, Value> step(Step.Invoke step, Defaults defaults, ConditionLowering conditions) {
        Map<String, Value> shown = new LinkedHashMap<>();
        switch (step.verb()) {
            case EXECUTE -> shown.put("action", name(step.positional().getFirst()));
            case NOTIFY -> {
                shown.put("notify", name(step.positional().getFirst()));
                shown.put("text", PlanValues.of(step.positional().get(1)));
            }
            case WAIT -> shown.put("wait", PlanValues.of(step.positional().getFirst()));
            case APPROVE, COLLECT, EMIT, TICKET -> throw new IllegalStateException("unchecked step: " + step);
        }
        for (Argument option : step.options()) {
            shown.put(option.name().text(), option(option, conditions));
        }
        switch (step.verb()) {
            case EXECUTE, NOTIFY -> {
                defaults.timeoutMillis().ifPresent(t -> shown.putIfAbsent("timeout", new Value.Duration(t)));
                defaults.retry().ifPresent(r -> shown.putIfAbsent("retry", new Value.Quantity(r)));
                defaults.onFailure().ifPresent(f -> shown.putIfAbsent("on_failure",
                        PlanValues.word(f.name().toLowerCase(Locale.ROOT))));
            }
            case WAIT, APPROVE, COLLECT, EMIT, TICKET -> {
                // What bounds attempts says nothing of a wait.
            }
        }
        return shown;
    }

    private static Value name(Expr expr) {
        return PlanValues.word(Choices.word(expr).orElseThrow());
    }

    private static Value option(Argument option, ConditionLowering conditions) {
        ArgumentValue value = option.value();
        return switch (option.name().text()) {
            case "if" -> PlanValues.word(StepCheck.value(option).map(conditions::text).orElseThrow());
            case "backoff" -> PlanValues.word(text(value));
            case "on_failure", "id" -> PlanValues.word(Choices.word(value).orElseThrow());
            case "target" -> new Value.Text(StepLowering.entity(value));
            default -> StepCheck.value(option).map(PlanValues::of)
                    .orElseGet(() -> PlanValues.word(Choices.word(value).orElseThrow()));
        };
    }

    private static String text(ArgumentValue value) {
        Backoff backoff = StepLowering.backoff(value);
        String first = DurationText.of(backoff.firstMillis());
        return switch (value) {
            case ArgumentValue.Backoff written -> first + " x " + written.factor()
                    + written.max().map(max -> " max " + DurationText.of(max.millis())).orElse("");
            case ArgumentValue.Value _,ArgumentValue.Targets _,ArgumentValue.Word _ -> first;
        };
    }
}
