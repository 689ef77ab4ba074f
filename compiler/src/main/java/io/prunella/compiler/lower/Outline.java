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
import java.util.Optional;

/** What a simulation prints of {@code then}: arguments written or inherited, built-in defaults left out. */
final class Outline {
    private Outline() {}

    static List<Map<String, Value>> of(List<Step> steps, Defaults defaults, ConditionLowering conditions) {
        List<Map<String, Value>> outline = new ArrayList<>();
        for (Step step : steps) {
            outline.add(switch (step) {
                case Step.Invoke invoke -> step(invoke, defaults, conditions);
                case Step.Parallel parallel -> Map.of("parallel", new Value.Items(of(parallel.steps(), defaults,
                        conditions).stream().<Value>map(Value.Fields::new).toList()));
            });
        }
        return outline;
    }

    private static Map<String, Value> step(Step.Invoke step, Defaults defaults, ConditionLowering conditions) {
        Map<String, Value> shown = new LinkedHashMap<>();
        Optional<Expr> until = StepCheck.until(step);
        switch (step.verb()) {
            case EXECUTE -> shown.put("action", name(step.positional().getFirst()));
            case NOTIFY -> {
                shown.put("notify", name(step.positional().getFirst()));
                shown.put("text", PlanValues.of(step.positional().get(1)));
            }
            case WAIT -> {
                if (until.isPresent()) {
                    shown.put("until", PlanValues.word(conditions.text(until.get())));
                } else {
                    shown.put("wait", PlanValues.of(step.positional().getFirst()));
                }
            }
            case APPROVE -> shown.put("approve", name(step.positional().getFirst()));
            case COLLECT -> shown.put("collect", name(step.positional().getFirst()));
            case EMIT -> {
                shown.put("emit", name(step.positional().getFirst()));
                step.positional().stream().skip(1).forEach(given -> shown.put("attrs", PlanValues.of(given)));
            }
            case TICKET -> shown.put("ticket", name(step.positional().getFirst()));
        }
        for (Argument option : step.options()) {
            if (!option.name().text().equals("until") || until.isEmpty()) {
                shown.put(option.name().text(), option(option, conditions));
            }
        }
        // What bounds attempts says nothing of a plain wait.
        if (step.verb() != Step.Verb.WAIT || until.isPresent()) {
            defaults.timeoutMillis().ifPresent(t -> shown.putIfAbsent("timeout", new Value.Duration(t)));
            defaults.retry().ifPresent(r -> shown.putIfAbsent("retry", new Value.Quantity(r)));
            defaults.onFailure().ifPresent(f -> shown.putIfAbsent("on_failure",
                    PlanValues.word(f.name().toLowerCase(Locale.ROOT))));
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
            case "target" -> StepLowering.parent(value)
                    ? PlanValues.word("parent")
                    : new Value.Text(StepLowering.entity(value));
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
