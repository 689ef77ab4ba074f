package io.prunella.control.conversion;

import io.prunella.ruler.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Kapacitor's recordings. A field {@code value} of a measurement is the metric of that name, any other field one
 * more, {@code measurement_field}; truth values are 1 and 0. The entity is the tag {@code host}, else
 * {@code measurement/} and its name; tags are labels.
 */
final class KapacitorReader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SECONDS_DIGITS = 11;
    private static final int MILLIS_DIGITS = 14;
    private static final int MICROS_DIGITS = 17;

    private final Gathering into;

    KapacitorReader(Gathering into) {
        this.into = into;
    }

    void read(List<ForeignFile> files) throws IOException {
        for (ForeignFile file : files) {
            if (file.name().endsWith(".brpl")) {
                batches(file);
            } else {
                stream(file);
            }
        }
    }

    /** Database, retention policy, point: three lines each. */
    private void stream(ForeignFile file) throws IOException {
        try (Lines lines = new Lines(file, into)) {
            while (lines.next().isPresent()) {
                lines.next();
                Optional<String> point = lines.next();
                if (point.isPresent()) {
                    point(point.get());
                }
            }
        }
    }

    private void point(String line) throws IOException {
        Optional<LineProtocol> parsed = LineProtocol.parse(line);
        if (parsed.isEmpty()) {
            into.refuse("no line of the line protocol", line);
            return;
        }
        LineProtocol point = parsed.get();
        OptionalLong ts = time(point.time());
        if (ts.isEmpty()) {
            into.refuse("a point without a time", line);
            return;
        }
        for (Map.Entry<String, String> field : point.fields().entrySet()) {
            OptionalDouble value = value(field.getValue());
            if (value.isPresent()) {
                sample(ts.getAsLong(), point.measurement(), point.tags(), field.getKey(), value.getAsDouble());
            } else {
                into.refuse(field.getValue().startsWith("\"")
                        ? "a field that is text: samples are numbers"
                        : "a field that is no number", field.getKey() + "=" + field.getValue());
            }
        }
    }

    private void sample(long ts, String measurement, Map<String, String> tags, String field, double value)
            throws IOException {
        String host = tags.getOrDefault("host", "");
        String name = field.equals("value") ? measurement : measurement + "_" + field;
        String metric = MetricName.of(name);
        if (!metric.equals(name)) {
            into.note("a name that no rule can spell was changed", name + " to " + metric);
        }
        into.sample(new Observation.Sample(ts, host.isEmpty() ? "measurement/" + measurement : host, metric, tags,
                value));
    }

    private static OptionalDouble value(String written) {
        return switch (written) {
            case "t", "T", "true", "True", "TRUE" -> OptionalDouble.of(1);
            case "f", "F", "false", "False", "FALSE" -> OptionalDouble.of(0);
            default -> Numbers.parse(written.matches("[+-]?[0-9]+[iu]")
                    ? written.substring(0, written.length() - 1)
                    : written);
        };
    }

    /** Seconds, milliseconds, microseconds or nanoseconds since the epoch, as the number of digits says. */
    private static OptionalLong time(String written) {
        if (!written.matches("-?[0-9]{1,25}")) {
            return OptionalLong.empty();
        }
        int digits = written.startsWith("-") ? written.length() - 1 : written.length();
        BigInteger number = new BigInteger(written);
        BigInteger millis = digits <= SECONDS_DIGITS
                ? number.multiply(BigInteger.valueOf(1000))
                : digits <= MILLIS_DIGITS
                        ? number
                        : number.divide(BigInteger.valueOf(digits <= MICROS_DIGITS ? 1_000 : 1_000_000));
        return millis.bitLength() < Long.SIZE ? OptionalLong.of(millis.longValue()) : OptionalLong.empty();
    }

    /** One object a batch, over one line or several. */
    private void batches(ForeignFile file) throws IOException {
        into.file(file.path());
        try (InputStream in = file.opening().open();
                MappingIterator<JsonNode> batches = JSON.readerFor(JsonNode.class).readValues(in)) {
            while (batches.hasNextValue()) {
                into.line();
                batch(batches.nextValue());
            }
        } catch (JacksonException e) {
            into.refuse("what follows is no JSON", String.valueOf(e.getOriginalMessage()));
        }
    }

    private void batch(JsonNode batch) throws IOException {
        String measurement = batch.path("name").asString("");
        if (measurement.isEmpty()) {
            into.refuse("JSON that is no batch of points", batch.toString());
            return;
        }
        Map<String, String> tags = new LinkedHashMap<>();
        batch.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        for (JsonNode point : batch.path("points")) {
            OptionalLong ts = instant(point.path("time").asString(""));
            if (ts.isEmpty()) {
                into.refuse("a point without a time", point.toString());
                continue;
            }
            Map<String, String> all = new LinkedHashMap<>(tags);
            point.path("tags").properties().forEach(tag -> all.put(tag.getKey(), tag.getValue().asString("")));
            for (Map.Entry<String, JsonNode> field : point.path("fields").properties()) {
                JsonNode value = field.getValue();
                if (value.isNumber() || value.isBoolean()) {
                    sample(ts.getAsLong(), measurement, all, field.getKey(),
                            value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asDouble());
                } else {
                    into.refuse(value.isString()
                            ? "a field that is text: samples are numbers"
                            : "a field that is no number", field.getKey() + "=" + value);
                }
            }
        }
    }

    private static OptionalLong instant(String written) {
        try {
            return OptionalLong.of(OffsetDateTime.parse(written).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
