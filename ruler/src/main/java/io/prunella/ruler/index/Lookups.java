package io.prunella.ruler.index;

import io.prunella.plan.HealOrder;
import io.prunella.plan.Template;
import io.prunella.ruler.Printed;
import java.util.Optional;
import java.util.function.Function;

/** What templates look up once a rule has fired. */
public final class Lookups {
    /** No attribute begins so. */
    private static final String NAMED = "@";

    private Lookups() {}

    /** The text with everything put in. */
    public static String text(Template template, Function<Template.Part.Lookup, String> lookups) {
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            text.append(switch (part) {
                case Template.Part.Literal literal -> literal.text();
                case Template.Part.Lookup lookup -> lookups.apply(lookup);
            });
        }
        return text.toString();
    }

    /** As written, braces and all. */
    public static String written(Template template) {
        return text(template, lookup -> "{{ " + written(lookup) + " }}");
    }

    /** A look-up as written. */
    public static String written(Template.Part.Lookup lookup) {
        String path = String.join(".", lookup.path());
        if (lookup.root().equals("value")) {
            return "value(" + path + ")";
        }
        return path.isEmpty() ? lookup.root() : lookup.root() + "." + path;
    }

    /** What an order knows of it; empty where it knows nothing. */
    public static String of(HealOrder order, Template.Part.Lookup lookup) {
        String name = String.join(".", lookup.path());
        return switch (lookup.root()) {
            case "entity" -> order.entity();
            case "rule" -> order.plan().rule();
            case "trace_id" -> order.traceId();
            case "event" -> order.event().getOrDefault(name, "");
            case "label" -> order.labels().getOrDefault(name, "");
            case "value" -> {
                Double value = order.values().get(name);
                yield value == null ? "" : Printed.number(value);
            }
            case String alias -> order.event().getOrDefault(named(alias, name), "");
        };
    }

    /** How an order carries an attribute of an event of a match that the trigger names. */
    public static String named(String alias, String attribute) {
        return NAMED + alias + "." + attribute;
    }

    /** The name out of such a key; empty for a key of the event itself. */
    static Optional<String> alias(String key) {
        return key.startsWith(NAMED) ? Optional.of(key.substring(1, key.indexOf('.'))) : Optional.empty();
    }

    static String withoutAlias(String key) {
        return key.substring(key.indexOf('.') + 1);
    }
}
