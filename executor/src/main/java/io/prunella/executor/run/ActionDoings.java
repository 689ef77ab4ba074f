package io.prunella.executor.run;

import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.Datum;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.Lease;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.Step;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Looks up everything that an attempt of an action needs, for each of its drivers.
 *
 * @param rule how a rule's own words are looked up: {@code entity} is the firing's
 */
record ActionDoings(Drivers drivers, Resolver rule) {

    /** What is this attempt's own. */
    record Making(String actionId, int number, FencingToken token, List<Lease> leases) {
        Making {
            leases = List.copyOf(leases);
        }
    }

    /** The ways to do it, in the order of {@code uses:}, at least one. */
    List<Doing> of(Step.StepSettings settings, String name, Map<String, Value> written, String entity, Making making)
            throws MissingValue {
        var order = rule.order();
        var spec = spec(order.plan().action(name), name);
        // What the rule wrote means the firing's entity, what the action wrote means its target.
        var arguments = arguments(spec, written, rule.inside(entity, Map.of()));
        var inAction = rule.inside(entity, arguments);
        var properties = inAction.data(spec.properties());
        if (spec.check().isPresent()) {
            properties.put("check", inAction.datum(spec.check().get()));
        }
        List<Doing> ways = new ArrayList<>();
        for (var use : spec.uses()) {
            List<Datum> driverArguments = new ArrayList<>();
            for (var argument : use.arguments()) {
                driverArguments.add(inAction.datum(argument));
            }
            var attempt = new Attempt(order.traceId(), making.actionId(), order.plan().rule(), settings.id(), spec,
                    driverArguments, properties, arguments, entity, making.number(), settings.timeoutMillis(),
                    making.token());
            ways.add(new ActionDoing(drivers.named(use.driver()), use.driver(), attempt, making.leases()));
        }
        return ways;
    }

    private Map<String, Datum> arguments(ActionSpec spec, Map<String, Value> written, Resolver action)
            throws MissingValue {
        var arguments = new LinkedHashMap<String, Datum>();
        for (var parameter : spec.parameters()) {
            var given = Optional.ofNullable(written.get(parameter.name()));
            if (given.isPresent()) {
                arguments.put(parameter.name(), rule.datum(given.get()));
            } else if (parameter.defaultValue().isPresent()) {
                arguments.put(parameter.name(), action.datum(parameter.defaultValue().get()));
            }
        }
        for (var more : written.entrySet()) {
            if (!arguments.containsKey(more.getKey())) {
                arguments.put(more.getKey(), rule.datum(more.getValue()));
            }
        }
        return arguments;
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
