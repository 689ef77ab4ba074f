package io.prunella.executor.run;

import io.prunella.executor.driver.Datum;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up what plans leave open. What is found is data: it is never looked into for templates again.
 *
 * @param entity what {@code entity} means: the target inside an action, else the entity of the firing
 * @param parameters of the action; they win over the names below
 * @param steps what earlier steps returned, by step id
 * @param result of the heal, once there is one
 */
record Resolver(HealOrder order, String entity, Map<String, Datum> parameters, Map<String, Map<String, String>> steps,
        Optional<String> result) {

    /** The same heal, seen from within an action. */
    Resolver inside(String target, Map<String, Datum> arguments) {
        return new Resolver(order, target, arguments, steps, result);
    }

    String text(Template template) throws MissingValue {
        var text = new StringBuilder();
        for (var part : template.parts()) {
            text.append(switch (part) {
                case Template.Part.Literal(var literal) -> literal;
                case Template.Part.Lookup lookup -> lookUp(lookup).text();
            });
        }
        return text.toString();
    }

    /** For people who must hear of it whatever is missing: what is not known is left standing as it was written. */
    String textAtAnyPrice(Template template) {
        var text = new StringBuilder();
        for (var part : template.parts()) {
            switch (part) {
                case Template.Part.Literal(var literal) -> text.append(literal);
                case Template.Part.Lookup lookup -> {
                    try {
                        text.append(lookUp(lookup).text());
                    } catch (MissingValue _) {
                        text.append("{{ ").append(written(lookup)).append(" }}");
                    }
                }
            }
        }
        return text.toString();
    }

    Datum datum(Value value) throws MissingValue {
        return switch (value) {
            case Value.Text(var template) -> new Datum.Text(text(template));
            case Value.Quantity(var number) -> new Datum.Quantity(number);
            case Value.Duration(var millis) -> new Datum.Duration(millis);
            case Value.Flag(var flag) -> new Datum.Flag(flag);
            case Value.Reference(var lookup) -> lookUp(lookup);
            case Value.Items(var values) -> {
                List<Datum> items = new ArrayList<>();
                for (var item : values) {
                    items.add(datum(item));
                }
                yield new Datum.Items(items);
            }
            case Value.Fields(var values) -> new Datum.Fields(data(values));
        };
    }

    Map<String, Datum> data(Map<String, Value> values) throws MissingValue {
        Map<String, Datum> data = new LinkedHashMap<>();
        for (var entry : values.entrySet()) {
            data.put(entry.getKey(), datum(entry.getValue()));
        }
        return data;
    }

    private Datum lookUp(Template.Part.Lookup lookup) throws MissingValue {
        var path = String.join(".", lookup.path());
        var argument = Optional.ofNullable(parameters.get(lookup.root()));
        if (lookup.path().isEmpty() && argument.isPresent()) {
            return argument.get();
        }
        Optional<Datum> found = switch (lookup.root()) {
            case "rule" -> text(order.plan().rule());
            case "entity" -> text(entity);
            case "trace_id" -> text(order.traceId());
            case "severity" -> text(order.severity());
            case "result" -> result.map(Datum.Text::new);
            case "event" -> Optional.ofNullable(order.event().get(path)).map(Datum.Text::new);
            case "label" -> Optional.ofNullable(order.labels().get(path)).map(Datum.Text::new);
            case "value" -> Optional.ofNullable(order.values().get(path)).map(Datum.Quantity::new);
            case "steps" -> step(lookup.path()).map(Datum.Text::new);
            // What a match's trigger calls one of its events, as the order carries it.
            default -> Optional.ofNullable(order.event().get("@" + lookup.root() + "." + path)).map(Datum.Text::new);
        };
        return found.orElseThrow(() -> new MissingValue(why(lookup, path)));
    }

    private static Optional<Datum> text(String text) {
        return Optional.of(new Datum.Text(text));
    }

    private Optional<String> step(List<String> path) {
        return path.size() < 2
                ? Optional.empty()
                : Optional.ofNullable(steps.getOrDefault(path.getFirst(), Map.of())
                        .get(String.join(".", path.subList(1, path.size()))));
    }

    private String why(Template.Part.Lookup lookup, String path) {
        return "`" + written(lookup) + "` is not known: " + switch (lookup.root()) {
            case "event" -> order.event().isEmpty()
                    ? "no event fired this heal"
                    : "the event has no attribute `" + path + "`, only " + names(order.event());
            case "label" -> "`" + order.entity() + "` has no label `" + path + "`";
            case "value" -> "`" + order.entity() + "` had no valid `" + path + "` when the rule fired";
            case "result" -> "the heal has not ended";
            case "steps" -> "no earlier step returned it";
            default -> "there is nothing of that name";
        };
    }

    private static String names(Map<String, String> attributes) {
        return attributes.keySet().stream().sorted().map(name -> "`" + name + "`").reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }

    private static String written(Template.Part.Lookup lookup) {
        var path = String.join(".", lookup.path());
        if (path.isEmpty()) {
            return lookup.root();
        }
        return lookup.root().equals("value") ? "value(" + path + ")" : lookup.root() + "." + path;
    }
}
