package io.prunella.control.conversion;

import io.prunella.ruler.Observation;
import io.prunella.ruler.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the Numenta Anomaly Benchmark: each table is one series, {@code value}, of an entity that has the file's name;
 * its folder is the label {@code set}. Times have no zone and are taken as UTC. Of the labels, a window becomes an
 * event {@code anomaly_window}, resolved at its end, and an instant an event {@code anomaly}.
 */
final class NabReader {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss").appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Gathering into;
    private final Set<String> series = new TreeSet<>();

    NabReader(Gathering into) {
        this.into = into;
    }

    void read(List<ForeignFile> files) throws IOException {
        files.stream().filter(file -> !labels(file)).forEach(file -> series.add(file.stem()));
        for (ForeignFile file : files) {
            if (labels(file)) {
                readLabels(file);
            } else {
                table(file);
            }
        }
    }

    private static boolean labels(ForeignFile file) {
        return file.name().endsWith(".json");
    }

    private void table(ForeignFile file) throws IOException {
        Map<String, String> labels = file.folder().isEmpty() ? Map.of() : Map.of("set", file.folder());
        try (Lines lines = new Lines(file, into)) {
            Optional<String> line = lines.next();
            if (line.isEmpty() || !line.get().strip().equals("timestamp,value")) {
                into.refuse("no table of the benchmark, whose first line is `timestamp,value`", line.orElse(""));
                return;
            }
            for (line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!line.get().isBlank()) {
                    row(file.stem(), labels, line.get());
                }
            }
        }
    }

    private void row(String entity, Map<String, String> labels, String line) throws IOException {
        int comma = line.indexOf(',');
        OptionalLong ts = comma < 0 ? OptionalLong.empty() : time(line.substring(0, comma));
        OptionalDouble value = comma < 0 ? OptionalDouble.empty() : Numbers.parse(line.substring(comma + 1));
        if (ts.isEmpty()) {
            into.refuse("no time such as `2014-03-07 03:41:00`", line);
        } else if (value.isEmpty()) {
            into.refuse("the value is no number", line);
        } else {
            into.sample(new Observation.Sample(ts.getAsLong(), entity, "value", labels, value.getAsDouble()));
        }
    }

    private static OptionalLong time(String text) {
        try {
            return OptionalLong.of(LocalDateTime.parse(text.strip(), TIME).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** The labels of the whole benchmark are one small object. */
    private void readLabels(ForeignFile file) throws IOException {
        into.file(file.path());
        JsonNode root;
        try (InputStream in = file.opening().open()) {
            root = JSON.readTree(in);
        } catch (JacksonException e) {
            into.refuse("no JSON", String.valueOf(e.getOriginalMessage()));
            return;
        }
        if (!root.isObject()) {
            into.refuse("no labels of the benchmark, which are an object with one list for each table", "");
            return;
        }
        for (Map.Entry<String, JsonNode> table : root.properties()) {
            String entity = new ForeignFile(table.getKey(), InputStream::nullInputStream).stem();
            if (!series.isEmpty() && !series.contains(entity)) {
                table.getValue().forEach(_ -> into.refuse("a label of a table that is not among the files",
                        table.getKey()));
                continue;
            }
            int number = 0;
            for (JsonNode label : table.getValue()) {
                number++;
                label(entity, entity + "-" + number, label);
            }
        }
    }

    private void label(String entity, String id, JsonNode label) throws IOException {
        if (label.isArray() && label.size() == 2) {
            OptionalLong from = time(label.get(0).asString(""));
            OptionalLong to = time(label.get(1).asString(""));
            if (from.isPresent() && to.isPresent()) {
                into.event(event(from.getAsLong(), entity, "anomaly_window", id, false));
                into.event(event(to.getAsLong(), entity, "anomaly_window", id, true));
                return;
            }
        } else {
            OptionalLong at = time(label.asString(""));
            if (at.isPresent()) {
                into.event(event(at.getAsLong(), entity, "anomaly", id, false));
                return;
            }
        }
        into.refuse("a label that is neither a time nor a window of two", label.toString());
    }

    private static Observation.EventSeen event(long ts, String entity, String type, String id, boolean resolved) {
        return new Observation.EventSeen(ts, entity, type, Optional.of(id), resolved, Map.<String, Scalar>of(),
                Map.of());
    }
}
