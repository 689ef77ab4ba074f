package io.prunella.control.observations;

import io.prunella.control.observations.ObservationLines.BadLine;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.recording.Fingerprint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The members of one line, taken by name; a wrong one ends the line with a {@link BadLine}. */
final class Fields {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private ObjectNode node;
    private OptionalLong ts;

    private Fields(ObjectNode node, OptionalLong ts) {
        this.node = node;
        this.ts = ts;
    }

    static Fields of(ObjectNode node) {
        return new Fields(node, time(node.get("ts"), "ts"));
    }

    static String stamp(long epochMillis) {
        return STAMP.format(Instant.ofEpochMilli(epochMillis));
    }

    ObjectNode node() {
        return node;
    }

    OptionalLong ts() {
        return ts;
    }

    /** Puts the service's time where the line has none or one that is still to come. */
    boolean clamp(long now) {
        if (ts.isPresent() && ts.getAsLong() <= now) {
            return false;
        }
        ts = OptionalLong.of(now);
        ObjectNode first = node.objectNode();
        first.put("ts", stamp(now));
        node.remove("ts");
        first.setAll(node);
        node = first;
        return true;
    }

    /** Says whom the line is about where it does not, or says it by another name; the log then has it, too. */
    boolean name(EntityMapping entities) {
        if (!node.has("metric") && !node.has("event") && !node.has("alert")) {
            return false;
        }
        JsonNode said = node.get("entity");
        Optional<String> meant = said == null
                ? entities.of(labels())
                : Optional.of(said).filter(JsonNode::isString).map(name -> entities.meant(name.stringValue()));
        if (meant.isEmpty() || (said != null && meant.get().equals(said.stringValue()))) {
            return false;
        }
        node.put("entity", meant.get());
        return true;
    }

    /** Gives an event that opens its id, and an event the trace that it came with. */
    boolean identify(Supplier<String> ids, Optional<String> traceId) {
        if (!node.has("event")) {
            return false;
        }
        boolean changed = false;
        if (!node.has("id") && !resolved()) {
            node.put("id", ids.get());
            changed = true;
        }
        JsonNode attributes = node.get("attrs");
        if (traceId.isPresent() && (attributes == null || (attributes instanceof ObjectNode o && !o.has("trace_id")))) {
            node.withObjectProperty("attrs").put("trace_id", traceId.get());
            changed = true;
        }
        return changed;
    }

    Observation observation() {
        long at = ts.orElseThrow();
        boolean metric = node.has("metric");
        boolean event = node.has("event");
        boolean alert = node.has("alert");
        if ((metric && event) || (alert && (metric || event))) {
            throw new BadLine("the line has both `" + (metric ? "metric" : "event") + "` and `"
                    + (alert ? "alert" : "event") + "`", "send two lines, one for each");
        }
        if (alert) {
            return alert(at);
        }
        if (event) {
            return new Observation.EventSeen(at, name("entity"), name("event"), id(), resolved(), attributes(),
                    labels());
        }
        if (metric) {
            return stale()
                    ? new Observation.StaleMarker(at, name("entity"), name("metric"), labels())
                    : new Observation.Sample(at, name("entity"), name("metric"), labels(), value());
        }
        if (node.path("tick").isBoolean() && node.path("tick").booleanValue()) {
            return new Observation.Tick(at);
        }
        throw new BadLine("the line has neither `metric` nor `event` nor `alert` nor `tick`",
                "name the series with `\"metric\"` or the event with `\"event\"`");
    }

    private Observation alert(long at) {
        String name = name("alert");
        Map<String, String> labels = labels("labels");
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put("alertname", name);
        return new Observation.AlertSeen(at, name("entity"), name,
                node.has("fingerprint") ? name("fingerprint") : Fingerprint.of(all),
                time(node.get("startsAt"), "startsAt").orElse(at), ends(), alertIsOver(), labels("annotations"),
                labels);
    }

    private OptionalLong ends() {
        JsonNode ends = node.get("endsAt");
        // What Alertmanager writes for no time at all.
        return ends != null && ends.isString() && ends.stringValue().startsWith("0001-01-01T00:00:00")
                ? OptionalLong.empty()
                : time(ends, "endsAt");
    }

    private boolean alertIsOver() {
        JsonNode state = node.get("state");
        if (state == null || (state.isString() && state.stringValue().equals("firing"))) {
            return false;
        }
        if (state.isString() && state.stringValue().equals("resolved")) {
            return true;
        }
        throw new BadLine("`state` is `" + state + "`, which no alert has", "write `\"firing\"` or `\"resolved\"`");
    }

    private static OptionalLong time(@org.jspecify.annotations.Nullable JsonNode node, String member) {
        if (node == null) {
            return OptionalLong.empty();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return OptionalLong.of(node.longValue());
        }
        String cure = "write RFC 3339 such as `2026-11-01T10:00:00Z`, or epoch milliseconds";
        if (!node.isString()) {
            throw new BadLine("`" + member + "` is `" + node + "`, which is no time", cure);
        }
        String text = node.stringValue();
        try {
            return OptionalLong.of(OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant().toEpochMilli());
        } catch (DateTimeException _) {
            throw new BadLine("`" + member + "` is `" + text + "`, which is no time", cure);
        }
    }

    private String name(String member) {
        JsonNode value = node.get(member);
        if (value == null) {
            throw new BadLine("the line has no `" + member + "`", "add `\"" + member + "\":\"…\"`");
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new BadLine("`" + member + "` is `" + value + "`, which is no name",
                    "write a text that is not empty");
        }
        return value.stringValue();
    }

    private Optional<String> id() {
        JsonNode id = node.get("id");
        if (id == null || id.isNull()) {
            return Optional.empty();
        }
        if (!id.isString() && !id.isIntegralNumber()) {
            throw new BadLine("`id` is `" + id + "`, which is no id", "write a text");
        }
        return Optional.of(id.asString());
    }

    private boolean resolved() {
        JsonNode state = node.get("state");
        if (state == null) {
            return false;
        }
        if (state.isString() && state.stringValue().equals("resolved")) {
            return true;
        }
        if (state.isString() && state.stringValue().equals("open")) {
            return false;
        }
        throw new BadLine("`state` is `" + state + "`, which no event has",
                "write `\"resolved\"`, or leave `state` out when the event opens");
    }

    private boolean stale() {
        JsonNode stale = node.get("stale");
        return stale != null && stale.isBoolean() && stale.booleanValue();
    }

    private double value() {
        JsonNode value = node.get("value");
        if (value == null) {
            throw new BadLine("the sample has no `value`", "add `\"value\":0.97`, or `\"stale\":true`");
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.isString() ? value.stringValue() : "") {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new BadLine("`value` is `" + value + "`, which is no number",
                    "write a number without quotes, or one of `\"NaN\"`, `\"+Inf\"`, `\"-Inf\"`");
        };
    }

    private Map<String, String> labels() {
        return labels("labels");
    }

    private Map<String, String> labels(String member) {
        JsonNode labels = node.get(member);
        if (labels == null || labels.isNull()) {
            return Map.of();
        }
        if (!labels.isObject()) {
            throw new BadLine("`" + member + "` is `" + labels + "`, which is no object",
                    "write `\"" + member + "\":{\"rack\":\"r3\"}`");
        }
        Map<String, String> all = new LinkedHashMap<>();
        labels.propertyStream().forEach(label -> {
            if (!label.getValue().isString()) {
                throw new BadLine("label `" + label.getKey() + "` is `" + label.getValue() + "`, which is no text",
                        "put the label's value in quotes");
            }
            all.put(label.getKey(), label.getValue().stringValue());
        });
        return all;
    }

    private Map<String, Scalar> attributes() {
        JsonNode attributes = node.get("attrs");
        if (attributes == null || attributes.isNull()) {
            return Map.of();
        }
        if (!attributes.isObject()) {
            throw new BadLine("`attrs` is `" + attributes + "`, which is no object",
                    "write `\"attrs\":{\"reason\":\"timeout\"}`");
        }
        Map<String, Scalar> all = new LinkedHashMap<>();
        flatten("", attributes, all);
        return all;
    }

    /** Lists have no name in the language; they stay in the log. */
    private static void flatten(String prefix, JsonNode object, Map<String, Scalar> into) {
        object.propertyStream().forEach(member -> {
            String name = prefix + member.getKey();
            JsonNode value = member.getValue();
            if (value.isString()) {
                into.put(name, new Scalar.Text(value.stringValue()));
            } else if (value.isNumber()) {
                into.put(name, new Scalar.Quantity(value.doubleValue()));
            } else if (value.isBoolean()) {
                into.put(name, new Scalar.Flag(value.booleanValue()));
            } else if (value.isObject()) {
                flatten(name + ".", value, into);
            }
        });
    }
}
