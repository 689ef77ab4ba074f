package io.prunella.executor.run;

import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.Datum;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.notify.Message;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.Step;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a step into what an attempt of it does, with every value looked up and every driver found. */
final class Doings {

    /** The ways to do it, in the order of {@code uses:}, at least one; or why there is none. */
    sealed interface Answer {

        record Of(List<Doing> ways) implements Answer {}

        record None(Outcome.Refused why) implements Answer {}
    }

    private final HealContext context;
    private final Phase phase;

    Doings(HealContext context, Phase phase) {
        this.context = context;
        this.phase = phase;
    }

    /**
     * What the n-th attempt does.
     *
     * @param step one that acts
     */
    Answer of(Step step, int attempt) {
        return switch (step) {
            case Step.Execute(var action, var arguments, var target, _) ->
                action(step, action, arguments, target, attempt, true);
            case Step.Collect(var action, var arguments, var target, _) ->
                action(step, action, arguments, target, attempt, false);
            case Step.Notify notify -> message(notify, attempt);
            case Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _,Step.Parallel _ ->
                throw new IllegalStateException("no attempts are made of " + step);
        };
    }

    private Answer message(Step.Notify notify, int attempt) {
        var order = context.order();
        var channel = order.plan().channels().stream().filter(c -> c.name().equals(notify.channel())).findFirst()
                .or(() -> context.settings().defaultChannel().filter(c -> c.name().equals(notify.channel())));
        if (channel.isEmpty()) {
            return new Answer.None(new Outcome.Refused(FailureCode.NOT_DECLARED,
                    "no channel named `" + notify.channel() + "` is declared"));
        }
        var resolver = context.resolver(order.entity(), Map.of());
        try {
            // A page must go out whatever is missing.
            var text = phase == Phase.ESCALATE
                    ? resolver.textAtAnyPrice(notify.text())
                    : resolver.text(notify.text());
            var message = new Message(channel.get(), text, order,
                    context.actionId(phase.name(), notify.settings().id(), attempt), context.result());
            return new Answer.Of(
                    List.of(new MessageDoing(context.ports().channels(), context.ports().carrier(), message)));
        } catch (MissingValue missing) {
            return new Answer.None(new Outcome.Refused(FailureCode.MISSING_VALUE, missing.why()));
        }
    }

    private Answer action(Step step, String name, Map<String, Value> arguments, Step.Target target, int number,
            boolean claims) {
        var order = context.order();
        return switch (Targets.of(target, order, context.resolver(order.entity(), Map.of()))) {
            case Targets.Answer.None(var why) -> new Answer.None(why);
            case Targets.Answer.Of(var entity) -> {
                try {
                    yield ways(step, spec(order.plan().action(name), name), arguments, entity, number, claims);
                } catch (MissingValue missing) {
                    yield new Answer.None(new Outcome.Refused(FailureCode.MISSING_VALUE, missing.why()));
                }
            }
        };
    }

    private Answer ways(Step step, ActionSpec spec, Map<String, Value> written, String entity, int number,
            boolean claims) throws MissingValue {
        var order = context.order();
        var arguments = new LinkedHashMap<String, Datum>();
        for (var parameter : spec.parameters()) {
            var given = Optional.ofNullable(written.get(parameter.name()));
            var value = given.or(parameter::defaultValue);
            if (value.isPresent()) {
                // What the rule wrote means the firing's entity, what the action wrote means its target.
                var scope = context.resolver(given.isPresent() ? order.entity() : entity, Map.of());
                arguments.put(parameter.name(), scope.datum(value.get()));
            }
        }
        var unknown = context.resolver(order.entity(), Map.of());
        for (var more : written.entrySet()) {
            if (!arguments.containsKey(more.getKey())) {
                arguments.put(more.getKey(), unknown.datum(more.getValue()));
            }
        }
        var scope = context.resolver(entity, arguments);
        var properties = scope.data(spec.properties());
        if (spec.check().isPresent()) {
            properties.put("check", scope.datum(spec.check().get()));
        }
        List<Doing> ways = new ArrayList<>();
        for (var use : spec.uses()) {
            List<Datum> driverArguments = new ArrayList<>();
            for (var argument : use.arguments()) {
                driverArguments.add(scope.datum(argument));
            }
            var attempt = new Attempt(order.traceId(),
                    context.actionId(phase.name(), step.settings().id(), number), order.plan().rule(),
                    step.settings().id(), spec, driverArguments, properties, arguments, entity, number,
                    step.settings().timeoutMillis(), claims ? context.token(entity) : FencingToken.NONE);
            ways.add(new ActionDoing(context.ports().drivers().named(use.driver()), use.driver(), attempt,
                    claims ? context.leases() : List.of()));
        }
        return new Answer.Of(ways);
    }

    /** An action that nothing declares has no driver either; a simulation's drivers take it all the same. */
    private static ActionSpec spec(Optional<ActionSpec> declared, String name) {
        return declared.filter(spec -> !spec.uses().isEmpty())
                .orElseGet(() -> new ActionSpec(name, declared.map(ActionSpec::parameters).orElse(List.of()),
                        List.of(new ActionSpec.Use("", List.of())), Map.of(), Optional.empty(), true, false, List.of(),
                        List.of(), Optional.empty(), List.of(), Map.of(), new ActionSpec.Sandbox(Optional.empty(),
                                Optional.empty(), OptionalInt.empty(), false, false),
                        name, ""));
    }
}
