package io.prunella.ruler.recording;

import io.prunella.ruler.Observation;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.recording.RecordingProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads any line of a recording, and says of a bad one what is wrong and what to do. */
final class LineParser {
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int LONGEST_SHOWN = 21;

    /** What became of a line. */
    sealed interface Parsed {

        /**
         * A record.
         *
         * @param ignored keys that nobody reads
         */
        record Read(Observation observation, List<String> ignored) implements Parsed {}

        record Bad(Kind kind, String message, String cure) implements Parsed {}
    }

    /** A problem on its way out of the parsing of one line. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient String cure;

        Unusable(String message, String cure) {
            super(message, null, false, false);
            this.cure = cure;
        }
    }

    private static final class Fields {
        @Nullable
        Long ts;
        @Nullable
        String entity;
        @Nullable
        String metric;
        @Nullable
        Double value;
        @Nullable
        String event;
        @Nullable
        String id;
        @Nullable
        String state;
        @Nullable
        String probe;
        @Nullable
        String alert;
        @Nullable
        String fingerprint;
        @Nullable
        Long startsAt;
        @Nullable
        Long endsAt;
        Map<String, String> annotations = Map.of();
        boolean stale;
        boolean tick;
        Map<String, String> labels = Map.of();
        Map<String, Scalar> attributes = Map.of();
        final List<String> ignored = new ArrayList<>();
    }

    private LineParser() {}

    static Parsed parse(byte[] bytes, int from, int to, EntityMapping entities) {
        Fields fields = new Fields();
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return new Parsed.Bad(Kind.UNUSABLE, "no JSON object", "a recording has one object a line");
            }
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = in.currentName();
                in.nextToken();
                field(in, key, fields);
            }
            if (in.nextToken() != null) {
                return new Parsed.Bad(Kind.BROKEN, "something follows the object", "a recording has one object a line");
            }
            return new Parsed.Read(observation(fields, entities), fields.ignored);
        } catch (Unusable bad) {
            return new Parsed.Bad(Kind.UNUSABLE, String.valueOf(bad.getMessage()), bad.cure);
        } catch (JacksonException broken) {
            BrokenJson said = BrokenJson.of(broken, new String(bytes, from, to - from, StandardCharsets.UTF_8));
            return new Parsed.Bad(Kind.BROKEN, said.message(), said.cure());
        }
    }

    private static void field(JsonParser in, String key, Fields fields) throws Unusable {
        switch (key) {
            case "ts" -> fields.ts = timestamp(in, key);
            case "entity" -> fields.entity = name(in, key);
            case "metric" -> fields.metric = name(in, key);
            case "value" -> fields.value = value(in);
            case "event" -> fields.event = name(in, key);
            case "id" -> fields.id = text(in, key);
            case "state" -> fields.state = text(in, key);
            case "probe" -> fields.probe = name(in, key);
            case "alert" -> fields.alert = name(in, key);
            case "fingerprint" -> fields.fingerprint = name(in, key);
            case "startsAt" -> fields.startsAt = timestamp(in, key);
            case "endsAt" -> fields.endsAt = noTime(in) ? null : timestamp(in, key);
            case "annotations" -> fields.annotations = labels(in, key);
            case "stale" -> fields.stale = flag(in, key);
            case "tick" -> fields.tick = flag(in, key);
            case "labels" -> fields.labels = labels(in, key);
            case "attrs" -> fields.attributes = attributes(in);
            default -> {
                in.skipChildren();
                fields.ignored.add(key);
            }
        }
    }

    /** What Alertmanager writes for no time at all. */
    private static boolean noTime(JsonParser in) {
        return in.currentToken() == JsonToken.VALUE_STRING && in.getString().startsWith("0001-01-01T00:00:00");
    }

    private static long timestamp(JsonParser in, String key) throws Unusable {
        OptionalLong ts = switch (in.currentToken()) {
            case VALUE_STRING -> Timestamps.parse(in.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double millis = in.getDoubleValue();
                yield Math.abs(millis) < Timestamps.AFTER_LAST
                        ? Timestamps.inRange((long) Math.floor(millis))
                        : OptionalLong.empty();
            }
            default -> OptionalLong.empty();
        };
        return ts.orElseThrow(() -> new Unusable("`" + key + "` is no time",
                "write RFC 3339, `\"2026-11-01T10:00:00Z\"`, or epoch milliseconds"));
    }

    private static double finite(JsonParser in) throws Unusable {
        String written = in.getString();
        double number = Double.parseDouble(written);
        if (Double.isInfinite(number)) {
            String shown = written.length() > LONGEST_SHOWN ? written.substring(0, LONGEST_SHOWN) + "…" : written;
            throw new Unusable("`" + shown + "` is beyond the range of numbers",
                    "write `\"" + (number > 0 ? "+Inf" : "-Inf") + "\"`, in quotes, if infinity is meant");
        }
        return number;
    }

    private static double value(JsonParser in) throws Unusable {
        switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                // As a whole number, -0 would lose its sign.
                return finite(in);
            }
            case VALUE_STRING -> {
                switch (in.getString()) {
                    case "NaN" -> {
                        return Double.NaN;
                    }
                    case "+Inf" -> {
                        return Double.POSITIVE_INFINITY;
                    }
                    case "-Inf" -> {
                        return Double.NEGATIVE_INFINITY;
                    }
                    default -> {
                    }
                }
            }
            default -> {
            }
        }
        throw new Unusable("`value` is no number", "write a number, `\"NaN\"`, `\"+Inf\"` or `\"-Inf\"`");
    }

    private static String text(JsonParser in, String key) throws Unusable {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new Unusable("`" + key + "` is no string", "put it in quotes");
        }
        return in.getString();
    }

    private static String name(JsonParser in, String key) throws Unusable {
        String name = text(in, key);
        if (name.isEmpty()) {
            throw new Unusable("`" + key + "` is empty", "name one, or leave the key out");
        }
        return name;
    }

    private static boolean flag(JsonParser in, String key) throws Unusable {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new Unusable("`" + key + "` is neither true nor false", "write `\"" + key + "\":true`");
        };
    }

    private static Map<String, String> labels(JsonParser in, String key) throws Unusable {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new Unusable("`" + key + "` is no object", "write `\"" + key + "\":{\"rack\":\"r3\"}`");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String label = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_STRING) {
                throw new Unusable(key.equals("labels")
                        ? "the label `" + label + "` is no string"
                        : "`" + label + "` in `" + key + "` is no string", "put its value in quotes");
            }
            labels.put(label, in.getString());
        }
        return labels;
    }

    private static Map<String, Scalar> attributes(JsonParser in) throws Unusable {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new Unusable("`attrs` is no object", "write `\"attrs\":{\"reason\":\"timeout\"}`");
        }
        Map<String, Scalar> attributes = new LinkedHashMap<>();
        inner(in, "", attributes);
        return attributes;
    }

    private static void inner(JsonParser in, String prefix, Map<String, Scalar> into) throws Unusable {
        boolean object = in.currentToken() == JsonToken.START_OBJECT;
        int place = 0;
        JsonToken token = in.nextToken();
        while (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
            String name = prefix + (object ? in.currentName() : Integer.toString(place++));
            JsonToken value = object ? in.nextToken() : token;
            switch (value) {
                case START_OBJECT, START_ARRAY -> inner(in, name + ".", into);
                case VALUE_STRING -> into.put(name, new Scalar.Text(in.getString()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> into.put(name, new Scalar.Quantity(finite(in)));
                case VALUE_TRUE, VALUE_FALSE -> into.put(name, new Scalar.Flag(value == JsonToken.VALUE_TRUE));
                default -> {
                    // null is what is not there
                }
            }
            token = in.nextToken();
        }
    }

    private static Observation observation(Fields fields, EntityMapping entities) throws Unusable {
        Long ts = fields.ts;
        if (ts == null) {
            throw new Unusable("no `ts`", "every record says when it was true");
        }
        int kinds = (fields.metric != null ? 1 : 0) + (fields.event != null ? 1 : 0) + (fields.tick ? 1 : 0)
                + (fields.probe != null ? 1 : 0) + (fields.alert != null ? 1 : 0);
        if (kinds != 1) {
            throw new Unusable(kinds == 0 ? "neither a metric nor an event nor a tick" : "more than one record",
                    "a line has one of `metric`, `event`, `alert`, `\"tick\":true`");
        }
        if (fields.tick) {
            return new Observation.Tick(ts);
        }
        String entity = entity(fields, entities);
        if (fields.event != null) {
            return event(fields, ts, entity, fields.event);
        }
        if (fields.alert != null) {
            return alert(fields, ts, entity, fields.alert);
        }
        Double value = fields.value;
        if (fields.metric != null && fields.stale) {
            if (value != null) {
                throw new Unusable("both a value and a stale marker", "leave one of `value` and `stale` out");
            }
            return new Observation.StaleMarker(ts, entity, fields.metric, fields.labels);
        }
        if (value == null) {
            throw new Unusable("no `value`", "write `\"value\":0.97`, or `\"stale\":true` for a stale marker");
        }
        return fields.metric != null
                ? new Observation.Sample(ts, entity, fields.metric, fields.labels, value)
                : new Observation.ProbeAnswer(ts, entity, String.valueOf(fields.probe), value);
    }

    private static Observation event(Fields fields, long ts, String entity, String type) throws Unusable {
        String state = fields.state;
        if (state != null && !state.equals("open") && !state.equals("resolved")) {
            throw new Unusable("`state` is `" + state + "`", "an event is `open` or `resolved`");
        }
        return new Observation.EventSeen(ts, entity, type, Optional.ofNullable(fields.id), "resolved".equals(state),
                fields.attributes, fields.labels);
    }

    private static Observation alert(Fields fields, long ts, String entity, String name) throws Unusable {
        String state = fields.state;
        if (state != null && !state.equals("firing") && !state.equals("resolved")) {
            throw new Unusable("`state` is `" + state + "`", "an alert is `firing` or `resolved`");
        }
        Long endsAt = fields.endsAt;
        Map<String, String> named = new LinkedHashMap<>(fields.labels);
        named.put("alertname", name);
        String fingerprint = fields.fingerprint;
        Long startsAt = fields.startsAt;
        return new Observation.AlertSeen(ts, entity, name,
                fingerprint == null ? Fingerprint.of(named) : fingerprint, startsAt == null ? ts : startsAt,
                endsAt == null ? OptionalLong.empty() : OptionalLong.of(endsAt), "resolved".equals(state),
                fields.annotations, fields.labels);
    }

    private static String entity(Fields fields, EntityMapping entities) throws Unusable {
        String entity = fields.entity;
        return entity != null
                ? entities.meant(entity)
                : entities.of(fields.labels).orElseThrow(() -> new Unusable("no `entity`",
                        "say whom the record is about, or give it a label `node` or `instance`"));
    }
}
