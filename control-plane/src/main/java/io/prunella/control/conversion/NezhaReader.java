package io.prunella.control.conversion;

import io.prunella.ruler.Observation;
import io.prunella.ruler.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Nezha's tables: a column is a metric of the pod or service in the third column; in the tables of calls, which
 * have no such column, a column {@code a_b} is the table's metric of {@code service/a} with the label {@code target}.
 * A fault of the fault list becomes an event {@code fault_injected} on its pod.
 */
final class NezhaReader {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true).appendPattern(" xx").toFormatter(Locale.ROOT);
    private static final long SAME_MILLIS = 2_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Gathering into;

    NezhaReader(Gathering into) {
        this.into = into;
    }

    void read(List<ForeignFile> files) throws IOException {
        for (ForeignFile file : files) {
            if (file.name().endsWith(".json")) {
                faults(file);
            } else {
                table(file);
            }
        }
    }

    private void table(ForeignFile file) throws IOException {
        try (Lines lines = new Lines(file, into)) {
            String header = lines.next().orElse("");
            List<String> columns = List.of(header.split(",", -1));
            if (columns.size() < 3 || !columns.get(0).equalsIgnoreCase("time")
                    || !columns.get(1).equalsIgnoreCase("timestamp")) {
                into.refuse("a table without times, whose columns begin with `Time,TimeStamp`", header);
                return;
            }
            Owner owner = Owner.of(columns.get(2), file.stem());
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!line.get().isBlank()) {
                    row(columns, owner, line.get());
                }
            }
        }
    }

    /** Whom a row is about. */
    private sealed interface Owner {

        /** The one whose name stands in the row. */
        record Named(String kind) implements Owner {}

        /** The caller that stands in a column's name. */
        record Callers(String metric) implements Owner {}

        static Owner of(String column, String stem) {
            return switch (column) {
                case "PodName" -> new Named("pod");
                case "ServiceName" -> new Named("service");
                default -> new Callers(MetricName.ofColumn(stem));
            };
        }
    }

    private void row(List<String> columns, Owner owner, String line) throws IOException {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() != columns.size()) {
            into.refuse("a row of " + cells.size() + " cells under " + columns.size() + " columns", line);
            return;
        }
        OptionalLong ts = time(cells.get(0), cells.get(1));
        if (ts.isEmpty()) {
            into.refuse("no time such as `2022-08-22 03:51:19.607 +0000 UTC`", cells.get(0));
            return;
        }
        switch (owner) {
            case Owner.Named named -> {
                if (cells.get(2).isBlank()) {
                    into.refuse("a row that names nobody", line);
                    return;
                }
                String entity = named.kind() + "/" + cells.get(2).strip();
                for (int i = 3; i < columns.size(); i++) {
                    cell(ts.getAsLong(), entity, MetricName.ofColumn(columns.get(i)), Map.of(), cells.get(i));
                }
            }
            case Owner.Callers callers -> {
                for (int i = 2; i < columns.size(); i++) {
                    int bar = columns.get(i).indexOf('_');
                    if (bar <= 0) {
                        into.refuse("a column that is no call from one service to another", columns.get(i));
                        continue;
                    }
                    cell(ts.getAsLong(), "service/" + columns.get(i).substring(0, bar), callers.metric(),
                            Map.of("target", columns.get(i).substring(bar + 1)), cells.get(i));
                }
            }
        }
    }

    private void cell(long ts, String entity, String metric, Map<String, String> labels, String cell)
            throws IOException {
        // The tables are answers of a monitoring system, and none is an answer: 0 of 0 requests.
        OptionalDouble value = cell.strip().equals("NaN") ? OptionalDouble.of(Double.NaN) : Numbers.parse(cell);
        if (value.isPresent()) {
            into.sample(new Observation.Sample(ts, entity, metric, labels, value.getAsDouble()));
        } else {
            into.refuse(cell.isBlank() ? "an empty cell" : "a cell that is no number", metric + "=" + cell);
        }
    }

    /** The written time, to which the number beside it should agree, else that number. */
    private OptionalLong time(String written, String seconds) {
        OptionalLong counted = OptionalLong.empty();
        if (seconds.strip().matches("[0-9]{1,11}")) {
            counted = OptionalLong.of(Long.parseLong(seconds.strip()) * 1000);
        }
        int zoneName = written.indexOf(" UTC");
        try {
            long ts = OffsetDateTime.parse(zoneName < 0 ? written.strip() : written.substring(0, zoneName), TIME)
                    .toInstant().toEpochMilli();
            if (counted.isPresent() && Math.abs(counted.getAsLong() - ts) > SAME_MILLIS) {
                into.note("`Time` and `TimeStamp` disagree: `Time` was taken",
                        written + " and " + Instant.ofEpochMilli(counted.getAsLong()));
            }
            return OptionalLong.of(ts);
        } catch (DateTimeException e) {
            return counted;
        }
    }

    /** A list of faults is small. */
    private void faults(ForeignFile file) throws IOException {
        into.file(file.path());
        JsonNode root;
        try (InputStream in = file.opening().open()) {
            root = JSON.readTree(in);
        } catch (JacksonException e) {
            into.refuse("no JSON", String.valueOf(e.getOriginalMessage()));
            return;
        }
        int number = 0;
        for (JsonNode hour : root) {
            for (JsonNode fault : hour) {
                String seconds = fault.path("inject_timestamp").asString("");
                String pod = fault.path("inject_pod").asString("");
                if (!seconds.matches("[0-9]{1,11}") || pod.isEmpty()) {
                    into.refuse("JSON that is no list of injected faults", fault.toString());
                    continue;
                }
                number++;
                into.event(new Observation.EventSeen(Long.parseLong(seconds) * 1000, "pod/" + pod, "fault_injected",
                        Optional.of("fault-" + number), false,
                        Map.of("type", new Scalar.Text(fault.path("inject_type").asString(""))), Map.of()));
            }
        }
    }
}
