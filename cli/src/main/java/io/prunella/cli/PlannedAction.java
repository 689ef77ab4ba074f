package io.prunella.cli;

import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.Datum;
import io.prunella.executor.lock.FencingToken;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An action on a target as it would be tried, for previews; what only a firing could tell stays as it is written. */
final class PlannedAction {
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_ACTION = "0".repeat(16);

    private final ActionSpec action;
    private final String target;
    private final Map<String, Datum> arguments = new LinkedHashMap<>();

    PlannedAction(ActionSpec action, String target, Map<String, Value> given) {
        this.action = action;
        this.target = target;
        for (ActionSpec.Parameter parameter : action.parameters()) {
            Value value = given.get(parameter.name());
            if (value != null) {
                arguments.put(parameter.name(), datum(value));
            } else {
                parameter.defaultValue().ifPresent(v -> arguments.put(parameter.name(), datum(v)));
            }
        }
    }

    /** For one of the drivers that the action names. */
    Attempt through(ActionSpec.Use use, long timeoutMillis) {
        Map<String, Datum> properties = new LinkedHashMap<>();
        action.properties().forEach((name, value) -> properties.put(name, datum(value)));
        action.check().ifPresent(check -> properties.put("check", datum(check)));
        return new Attempt(NO_TRACE, NO_ACTION, "plan", "then[0]", action, use.arguments().stream().map(this::datum)
                .toList(), properties, arguments, target, 1, timeoutMillis, FencingToken.NONE);
    }

    private Datum datum(Value value) {
        return switch (value) {
            case Value.Text(Template template) -> new Datum.Text(text(template));
            case Value.Quantity(double number) -> new Datum.Quantity(number);
            case Value.Duration(long millis) -> new Datum.Duration(millis);
            case Value.Flag(boolean flag) -> new Datum.Flag(flag);
            case Value.Reference(Template.Part.Lookup lookup) -> lookUp(lookup);
            case Value.Items(List<Value> items) -> {
                List<Datum> data = new ArrayList<>();
                items.forEach(item -> data.add(datum(item)));
                yield new Datum.Items(data);
            }
            case Value.Fields(Map<String, Value> fields) -> {
                Map<String, Datum> data = new LinkedHashMap<>();
                fields.forEach((name, inner) -> data.put(name, datum(inner)));
                yield new Datum.Fields(data);
            }
        };
    }

    private String text(Template template) {
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            text.append(switch (part) {
                case Template.Part.Literal(String literal) -> literal;
                case Template.Part.Lookup lookup -> lookUp(lookup).text();
            });
        }
        return text.toString();
    }

    private Datum lookUp(Template.Part.Lookup lookup) {
        Datum argument = arguments.get(lookup.root());
        if (lookup.path().isEmpty() && argument != null) {
            return argument;
        }
        String written = lookup.path().isEmpty()
                ? lookup.root()
                : lookup.root() + "." + String.join(".", lookup.path());
        return new Datum.Text(written.equals("entity") ? target : "{{ " + written + " }}");
    }
}
