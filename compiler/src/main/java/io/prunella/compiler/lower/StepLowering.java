package io.prunella.compiler.lower;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.PackHeader.Defaults;
import io.prunella.compiler.check.StepCheck;
import io.prunella.compiler.check.TemplateText;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.Provenance.Origin;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step.Argument;
import io.prunella.dsl.ast.Step.ArgumentValue;
import io.prunella.dsl.ast.Step.Invoke;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.Step;
import io.prunella.plan.Step.Backoff;
import io.prunella.plan.Step.OnFailure;
import io.prunella.plan.Step.StepSettings;
import io.prunella.plan.Step.Target;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lowers the steps of one rule, filling in what they leave out. */
final class StepLowering {
    static final long TIMEOUT_MILLIS = 60_000;
    static final Backoff BACKOFF = new Backoff(1_000, 2.0, 30_000);
    private static final long LONGEST_PAUSE_MILLIS = 3_600_000;

    private final Defaults defaults;
    private final ConditionLowering conditions;
    private final RuleConditions ruleConditions;
    private final Map<String, Origin> origins;

    StepLowering(Defaults defaults, ConditionLowering conditions, RuleConditions ruleConditions,
            Map<String, Origin> origins) {
        this.defaults = defaults;
        this.conditions = conditions;
        this.ruleConditions = ruleConditions;
        this.origins = origins;
    }

    /** All steps of a clause. */
    List<Step> steps(String clause, List<io.prunella.dsl.ast.Step> written) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String path = clause + "[" + i + "]";
            steps.add(switch (written.get(i)) {
                case Invoke invoke -> step(path, invoke);
                case io.prunella.dsl.ast.Step.Parallel parallel -> new Step.Parallel(
                        steps(path + ".parallel", parallel.steps()),
                        new StepSettings(path, TIMEOUT_MILLIS, 0, BACKOFF, OnFailure.ABORT, Optional.empty()));
            });
        }
        return steps;
    }

    private Step step(String path, Invoke step) {
        StepSettings settings = settings(path, step);
        return switch (step.verb()) {
            case EXECUTE -> new Step.Execute(word(step.positional().getFirst()), arguments(step), target(step),
                    settings);
            case NOTIFY -> new Step.Notify(word(step.positional().getFirst()),
                    TemplateText.read(((Expr.StringLiteral) step.positional().get(1)).text()), settings);
            case WAIT -> StepCheck.until(step).<Step>map(until -> new Step.WaitUntil(
                    ruleConditions.add(conditions.lower(until, Quantifier.ALL), conditions.text(until)),
                    settings.timeoutMillis(), settings)).orElseGet(() -> {
                        long millis = (long) ((Expr.NumberLiteral) step.positional().getFirst()).value();
                        // A wait is no attempt at something: what bounds attempts does not cut it short.
                        return new Step.Wait(millis,
                                new StepSettings(settings.id(), Math.max(TIMEOUT_MILLIS, millis), 0,
                                        settings.backoff(), settings.onFailure(), settings.when()));
                    });
            case APPROVE -> new Step.Approve(word(step.positional().getFirst()), settings.timeoutMillis(), settings);
            case COLLECT -> new Step.Collect(word(step.positional().getFirst()), arguments(step), target(step),
                    settings);
            case EMIT -> new Step.Emit(word(step.positional().getFirst()), attributes(step), settings);
            case TICKET -> new Step.Ticket(word(step.positional().getFirst()), arguments(step), settings);
        };
    }

    private static String word(Expr expr) {
        return Choices.word(expr).orElseThrow(() -> new IllegalStateException("unchecked name: " + expr));
    }

    private static Map<String, Value> arguments(Invoke step) {
        Map<String, Value> arguments = new LinkedHashMap<>();
        for (Argument option : step.options()) {
            String name = option.name().text();
            if (!StepCheck.SETTINGS.contains(name) && !name.equals("target")) {
                arguments.put(name, value(option.value()));
            }
        }
        return arguments;
    }

    private static Map<String, Value> attributes(Invoke emit) {
        return emit.positional().size() > 1
                && PlanValues.of(emit.positional().get(1)) instanceof Value.Fields(Map<String, Value> fields)
                        ? fields
                        : Map.of();
    }

    private static Value value(ArgumentValue value) {
        return switch (value) {
            case ArgumentValue.Value plain -> PlanValues.of(plain.expr());
            case ArgumentValue.Word word -> PlanValues.word(word.word().text());
            case ArgumentValue.Backoff _,ArgumentValue.Targets _ ->
                throw new IllegalStateException("unchecked argument: " + value);
        };
    }

    static boolean parent(ArgumentValue value) {
        return value instanceof ArgumentValue.Value(Expr.Keyword keyword)
                && keyword.term() == Expr.KeywordTerm.PARENT;
    }

    private static Target target(Invoke step) {
        return StepCheck.option(step, "target").<Target>map(option -> parent(option.value())
                ? new Target.Parent()
                : new Target.Named(entity(option.value())))
                .orElseGet(Target.Self::new);
    }

    static Template entity(ArgumentValue value) {
        if (value instanceof ArgumentValue.Value plain) {
            Expr expr = plain.expr();
            if (expr instanceof Expr.StringLiteral text) {
                return TemplateText.read(text.text());
            }
            if (PlanValues.of(expr) instanceof Value.Reference reference) {
                return new Template(List.of(reference.lookup()));
            }
        }
        return Template.literal(
                Choices.word(value).orElseThrow(() -> new IllegalStateException("unchecked target: " + value)));
    }

    private StepSettings settings(String path, Invoke step) {
        Optional<Long> timeout = number(step, "timeout").map(Double::longValue);
        Optional<Integer> retry = number(step, "retry").map(Double::intValue);
        Optional<OnFailure> onFailure = StepCheck.option(step, "on_failure").flatMap(o -> Choices.word(o.value()))
                .map(Choices::onFailure);
        Optional<Backoff> backoff = StepCheck.option(step, "backoff").map(o -> backoff(o.value()));
        boolean waits = step.verb() == io.prunella.dsl.ast.Step.Verb.WAIT && StepCheck.until(step).isEmpty();
        Defaults inherited = waits ? Defaults.NONE : defaults;
        Optional<ConditionRef> when = StepCheck.condition(step)
                .map(e -> ruleConditions.add(conditions.lower(e, Quantifier.ANY), conditions.text(e)));
        return new StepSettings(
                StepCheck.option(step, "id").flatMap(o -> Choices.word(o.value())).orElse(path),
                pick(path + ".timeout", timeout, inherited.timeoutMillis(), TIMEOUT_MILLIS),
                pick(path + ".retry", retry, inherited.retry(), 0),
                pick(path + ".backoff", backoff, Optional.empty(), BACKOFF),
                pick(path + ".on_failure", onFailure, inherited.onFailure(), OnFailure.ABORT), when);
    }

    private <T> T pick(String path, Optional<T> rule, Optional<T> pack, T builtIn) {
        origins.put(path, rule.isPresent() ? Origin.RULE : pack.isPresent() ? Origin.PACK_DEFAULTS : Origin.BUILT_IN);
        return rule.or(() -> pack).orElse(builtIn);
    }

    private static Optional<Double> number(Invoke step, String name) {
        return StepCheck.option(step, name).flatMap(
                o -> o.value() instanceof ArgumentValue.Value v && v.expr() instanceof Expr.NumberLiteral number
                        ? Optional.of(number.value())
                        : Optional.empty());
    }

    static Backoff backoff(ArgumentValue value) {
        return switch (value) {
            case ArgumentValue.Backoff b -> new Backoff(b.first().millis(), b.factor(),
                    b.max().map(max -> max.millis()).orElse(Math.max(b.first().millis(), LONGEST_PAUSE_MILLIS)));
            case ArgumentValue.Value v when v.expr() instanceof Expr.NumberLiteral number ->
                new Backoff((long) number.value(), 1.0, (long) number.value());
            case ArgumentValue.Value _,ArgumentValue.Targets _,ArgumentValue.Word _ ->
                throw new IllegalStateException("unchecked backoff: " + value);
        };
    }
}
