package io.prunella.control.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationReport;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Threshold packs fire on the published recordings as often as a plain loop over the original files says. Skipped where
 * those files are not beside the project.
 */
class RealRecordingsTest {
    private static final Path DATA = Path.of(System.getProperty("prunella.root")).resolve("../shared/data").normalize();
    private static final DateTimeFormatter SPACED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final long STALE = 300_000;

    @TempDir
    private Path folder = Path.of("");

    // --- NAB

    @Test
    void a_threshold_is_crossed_as_often_as_the_tables_say() throws IOException {
        Path nab = data("20-nab/files/data");
        long expected = 0;
        for (NavigableMap<Long, Double> table : tables(nab).values()) {
            boolean above = false;
            for (double value : table.values()) {
                expected += value > 90 && !above ? 1 : 0;
                above = value > 90;
            }
        }
        assertThat(firings(ForeignFormat.NAB, List.of(nab), "when: value > 90\nthen: notify(\"log\", \"x\")\n"))
                .isEqualTo(expected).isGreaterThan(50);
    }

    @Test
    void a_hold_is_reached_as_often_as_the_tables_say() throws IOException {
        Path nab = data("20-nab/files/data");
        long hold = 1_800_000;
        long expected = 0;
        for (NavigableMap<Long, Double> table : tables(nab).values()) {
            boolean armed = true;
            long since = -1;
            long validUntil = -1;
            for (Map.Entry<Long, Double> sample : table.entrySet()) {
                long ts = sample.getKey();
                boolean above = sample.getValue() > 60;
                since = above && since >= 0 && ts <= validUntil ? since : above ? ts : -1;
                armed |= !above;
                // A value is valid for five minutes, unless another one comes before.
                validUntil = ts + STALE;
                Long next = table.higherKey(ts);
                long end = next == null ? validUntil : Math.min(next, validUntil);
                if (above && armed && since + hold < end) {
                    expected++;
                    armed = false;
                }
            }
        }
        assertThat(firings(ForeignFormat.NAB, List.of(nab),
                "when: value > 60 for 30m\nthen: notify(\"log\", \"x\")\n")).isEqualTo(expected).isGreaterThan(20);
    }

    @Test
    void labelled_windows_with_a_high_value_are_counted() throws IOException {
        Path nab = data("20-nab/files/data");
        Path labels = data("20-nab/files/labels/combined_windows.json");
        Map<String, NavigableMap<Long, Double>> tables = tables(nab);
        long expected = 0;
        for (Map.Entry<String, JsonNode> of : JsonMapper.shared().readTree(Files.readString(labels)).properties()) {
            NavigableMap<Long, Double> table = tables.get(of.getKey().replaceAll(".*/|\\.csv$", ""));
            if (table == null) {
                continue;
            }
            for (JsonNode window : of.getValue()) {
                long from = millis(window.get(0).asString().substring(0, 19));
                long to = millis(window.get(1).asString().substring(0, 19));
                Map.Entry<Long, Double> before = table.floorEntry(from);
                boolean high = before != null && before.getKey() + STALE > from && before.getValue() > 80;
                high |= table.subMap(from, false, to, false).values().stream().anyMatch(value -> value > 80);
                expected += high ? 1 : 0;
            }
        }
        assertThat(firings(ForeignFormat.NAB, List.of(nab, labels), """
                on event: "anomaly_window" open 30d
                when: value > 80
                then: notify("log", "x")
                """)).isEqualTo(expected).isGreaterThan(5);
    }

    private static Map<String, NavigableMap<Long, Double>> tables(Path nab) throws IOException {
        Map<String, NavigableMap<Long, Double>> tables = new HashMap<>();
        for (Path file : files(nab, ".csv")) {
            NavigableMap<Long, Double> table = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                if (Character.isDigit(line.charAt(0))) {
                    table.put(millis(line.substring(0, 19)), Double.parseDouble(line.substring(20)));
                }
            }
            tables.put(file.getFileName().toString().replace(".csv", ""), table);
        }
        return tables;
    }

    // --- Nezha

    @Test
    void pods_run_hot_as_often_as_the_tables_say() throws IOException {
        Path nezha = data("22-nezha-0822/files/rca_data/2022-08-22");
        long expected = 0;
        for (Path file : files(nezha, "_metric.csv")) {
            boolean above = false;
            List<String> lines = Files.readAllLines(file);
            int column = List.of(lines.getFirst().split(",", -1)).indexOf("CpuUsageRate(%)");
            for (String line : lines.subList(1, lines.size())) {
                double value = Double.parseDouble(line.split(",", -1)[column]);
                expected += value > 80 && !above ? 1 : 0;
                above = value > 80;
            }
        }
        assertThat(firings(ForeignFormat.NEZHA, List.of(nezha), """
                metric cpu_usage_rate_percent: ratio, source percent

                rule hot
                  when: cpu_usage_rate_percent > 80%
                  then: notify("log", "x")
                """)).isEqualTo(expected).isGreaterThan(5);
    }

    @Test
    void injected_faults_are_told_by_their_kind() throws IOException {
        Path nezha = data("22-nezha-0822/files/rca_data/2022-08-22");
        Path list = nezha.resolve("2022-08-22-fault_list.json");
        long expected = Files.readString(list).lines().filter(line -> line.contains("\"cpu_contention\"")).count();
        assertThat(firings(ForeignFormat.NEZHA, List.of(nezha), """
                on event: "fault_injected" where event.type == "cpu_contention"
                then: notify("log", "x")
                """)).isEqualTo(expected).isGreaterThan(3);
    }

    // --- Kapacitor

    @Test
    void streams_cross_a_threshold_as_often_as_their_lines_say() throws IOException {
        long all = 0;
        for (Path file : files(data("25-kapacitor-recordings/files"), ".srpl")) {
            long expected = crossings(file);
            all += expected;
            assertThat(firings(ForeignFormat.KAPACITOR, List.of(file),
                    "when: cpu{type=\"idle\"} > 96\nthen: notify(\"log\", \"x\")\n")).as(file.toString())
                    .isEqualTo(expected);
        }
        assertThat(all).isGreaterThan(50);
    }

    private static long crossings(Path file) throws IOException {
        // By host, of each series its newest value; those of an instant count together.
        Map<String, Map<String, Double>> newest = new HashMap<>();
        Map<String, Boolean> above = new HashMap<>();
        TreeMap<Long, List<String>> instants = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.matches("cpu,.*type=idle.* value=[0-9.]+i?[ ,].*")) {
                instants.computeIfAbsent(Long.valueOf(line.replaceAll(".* ", "")), _ -> new ArrayList<>()).add(line);
            }
        }
        long count = 0;
        for (List<String> lines : instants.values()) {
            for (String line : lines) {
                String host = line.contains("host=") ? line.replaceAll(".*host=([^, ]*).*", "$1") : "";
                newest.computeIfAbsent(host, _ -> new TreeMap<>()).put(line.replaceAll(" .*", ""),
                        Double.valueOf(line.replaceAll(".* value=([0-9.]+).*", "$1")));
            }
            for (Map.Entry<String, Map<String, Double>> host : newest.entrySet()) {
                boolean now = host.getValue().values().stream().anyMatch(value -> value > 96);
                boolean was = Boolean.TRUE.equals(above.put(host.getKey(), now));
                count += now && !was ? 1 : 0;
            }
        }
        return count;
    }

    // --- all

    private static Path data(String path) {
        Path place = DATA.resolve(path);
        assumeTrue(Files.exists(place), "the published recordings are not here");
        return place;
    }

    private static List<Path> files(Path below, String ending) throws IOException {
        try (Stream<Path> walked = Files.walk(below)) {
            return walked.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending)).sorted()
                    .toList();
        }
    }

    private static long millis(String spaced) {
        return LocalDateTime.parse(spaced, SPACED).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** Brings everything over, runs the pack on it, and counts. */
    private long firings(ForeignFormat format, List<Path> sources, String pack) throws IOException {
        List<ForeignFile> foreign = new ArrayList<>();
        for (Path source : sources) {
            for (Path file : files(source, "")) {
                foreign.add(new ForeignFile(file.toString(), () -> Files.newInputStream(file)));
            }
        }
        Path recording = folder.resolve("recording.jsonl");
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        try (Writer out = Files.newBufferedWriter(recording)) {
            Conversion.run(format, foreign, scratch, out);
        }
        PackModel model = Compiler
                .compile(PackSource.ofText("pack.dl", pack.getBytes(StandardCharsets.UTF_8))).orThrow();
        SimulationReport report = Simulation.run(model,
                List.of(new RecordingInput("recording.jsonl", open(recording))), SimulationSettings.defaults(),
                _ -> {});
        assertThat(report.recording().late()).isZero();
        assertThat(report.recording().unusable()).isZero();
        return report.firings();
    }

    private static java.io.InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
