package io.prunella.control.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.recording.RecordingReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {
    private static final long ROOM = 1 << 20;

    @TempDir
    private Path scratch = Path.of("");

    private String recording = "";

    @Test
    void a_table_of_the_benchmark_is_one_series() throws IOException {
        ConversionReport report = convert(ForeignFormat.NAB, ROOM, file("data/realWeb/latency.csv", """
                timestamp,value
                2026-03-07 03:46:00,47.5
                2026-03-07 03:41:00,45.868
                2026-03-07 03:51:00,much
                then,1
                """));

        assertThat(recording).isEqualTo(
                """
                        {"ts":"2026-03-07T03:41:00Z","entity":"latency","metric":"value","value":45.868,"labels":{"set":"realWeb"}}
                        {"ts":"2026-03-07T03:46:00Z","entity":"latency","metric":"value","value":47.5,"labels":{"set":"realWeb"}}
                        """);
        assertThat(report.lines()).isEqualTo(5);
        assertThat(report.samples()).isEqualTo(2);
        assertThat(report.refused()).containsExactly(
                new ConversionReport.Reason("the value is no number", 1,
                        List.of("data/realWeb/latency.csv:4: `2026-03-07 03:51:00,much`")),
                new ConversionReport.Reason("no time such as `2014-03-07 03:41:00`", 1,
                        List.of("data/realWeb/latency.csv:5: `then,1`")));
    }

    @Test
    void windows_of_anomalies_are_events() throws IOException {
        ConversionReport report = convert(ForeignFormat.NAB, ROOM,
                file("latency.csv", "timestamp,value\n2026-03-07 03:41:00,1\n"), file("labels.json", """
                        {"realWeb/latency.csv": [["2026-03-07 03:40:00.000000", "2026-03-07 04:00:00.000000"],
                            "2026-03-07 03:45:00", 7],
                         "realWeb/other.csv": [["2026-03-07 03:40:00", "2026-03-07 04:00:00"]]}
                        """));

        assertThat(recording).isEqualTo(
                """
                        {"ts":"2026-03-07T03:40:00Z","entity":"latency","event":"anomaly_window","id":"latency-1"}
                        {"ts":"2026-03-07T03:41:00Z","entity":"latency","metric":"value","value":1}
                        {"ts":"2026-03-07T03:45:00Z","entity":"latency","event":"anomaly","id":"latency-2"}
                        {"ts":"2026-03-07T04:00:00Z","entity":"latency","event":"anomaly_window","id":"latency-1","state":"resolved"}
                        """);
        assertThat(report.refused()).extracting(ConversionReport.Reason::text).containsExactly(
                "a label that is neither a time nor a window of two", "a label of a table that is not among the files");
        assertThat(report.events()).isEqualTo(3);
    }

    @Test
    void tables_of_pods_services_and_calls() throws IOException {
        ConversionReport report = convert(ForeignFormat.NEZHA, ROOM, file("cart-1_metric.csv", """
                Time,TimeStamp,PodName,CpuUsageRate(%),PodServerLatencyP90(s)
                2026-08-22 03:51:19.607158889 +0000 UTC m=+0.113112869,1787370679,cart-1,95.5,NaN
                2026-08-22 03:52:19.5 +0000 UTC m=+60.1,1987370739,cart-1,,0.5
                2026-08-22 03:53:19.5 +0000 UTC m=+120.1,1787370799,cart-1,1
                """), file("front.csv", """
                Time,TimeStamp,ServiceName,SuccessRate(%)
                2026-08-22 03:51:19.5 +0000 UTC m=+0.1,1787370679,Front,100
                """), file("source_50.csv", """
                time,timestamp,front_cart
                once,1787370680,0.25
                """), file("dependency.csv", "Source,Target,Weight\nfront,cart,1\n"));

        assertThat(recording).isEqualTo(
                """
                        {"ts":"2026-08-22T03:51:19.500Z","entity":"service/Front","metric":"success_rate_percent","value":100}
                        {"ts":"2026-08-22T03:51:19.607Z","entity":"pod/cart-1","metric":"cpu_usage_rate_percent","value":95.5}
                        {"ts":"2026-08-22T03:51:19.607Z","entity":"pod/cart-1","metric":"pod_server_latency_p90_seconds","value":"NaN"}
                        {"ts":"2026-08-22T03:51:20Z","entity":"service/front","metric":"source_50","value":0.25,"labels":{"target":"cart"}}
                        {"ts":"2026-08-22T03:52:19.500Z","entity":"pod/cart-1","metric":"pod_server_latency_p90_seconds","value":0.5}
                        """);
        assertThat(report.refused()).extracting(ConversionReport.Reason::text).containsExactly("an empty cell",
                "a row of 4 cells under 5 columns", "a table without times, whose columns begin with `Time,TimeStamp`");
        assertThat(report.notes()).extracting(ConversionReport.Reason::text)
                .containsExactly("`Time` and `TimeStamp` disagree: `Time` was taken");
    }

    @Test
    void injected_faults_are_events() throws IOException {
        convert(ForeignFormat.NEZHA, ROOM, file("fault_list.json", """
                {"03": [{"inject_time": "2026-08-22 03:53:54", "inject_timestamp": "1787370834", "inject_pod": "cart-1",
                         "inject_type": "cpu_contention"}, {"other": 1}]}
                """));

        assertThat(recording).isEqualTo(
                """
                        {"ts":"2026-08-22T03:53:54Z","entity":"pod/cart-1","event":"fault_injected","id":"fault-1","attrs":{"type":"cpu_contention"}}
                        """);
    }

    @Test
    void streams_of_kapacitor() throws IOException {
        ConversionReport report = convert(ForeignFormat.KAPACITOR, ROOM, file("cpu.srpl", """
                db
                rp
                cpu,type=idle,host=serverA value=97.1,another=3i,on=true,note="a, b" 0000000002
                db
                rp
                disk\\ io,path=/a\\,b read-bytes=1e3 1793484001500
                db
                rp
                packets value=1014 1793484001500000000
                db
                rp
                packets value=1
                db
                rp
                rubbish
                """));

        assertThat(recording).isEqualTo(
                """
                        {"ts":"1970-01-01T00:00:02Z","entity":"serverA","metric":"cpu","value":97.1,"labels":{"host":"serverA","type":"idle"}}
                        {"ts":"1970-01-01T00:00:02Z","entity":"serverA","metric":"cpu_another","value":3,"labels":{"host":"serverA","type":"idle"}}
                        {"ts":"1970-01-01T00:00:02Z","entity":"serverA","metric":"cpu_on","value":1,"labels":{"host":"serverA","type":"idle"}}
                        {"ts":"2026-10-31T22:00:01.500Z","entity":"measurement/disk io","metric":"disk_io_read_bytes","value":1000,"labels":{"path":"/a,b"}}
                        {"ts":"2026-10-31T22:00:01.500Z","entity":"measurement/packets","metric":"packets","value":1014}
                        """);
        assertThat(report.refused()).extracting(ConversionReport.Reason::text).containsExactly(
                "a field that is text: samples are numbers", "a point without a time", "no line of the line protocol");
        assertThat(report.notes()).extracting(ConversionReport.Reason::text)
                .containsExactly("a name that no rule can spell was changed");
    }

    @Test
    void batches_of_kapacitor() throws IOException {
        ConversionReport report = convert(ForeignFormat.KAPACITOR, ROOM, file("cpu.0.brpl", """
                {"name":"cpu","tags":{"cpu":"cpu0"},"points":[{"fields":{"mean":90.5},"time":"2026-10-30T17:14:14Z"},
                  {"fields":{"mean":"high","ok":false},"time":"2026-10-30T17:14:12Z"}]}
                {"name":"cpu","points":[{"fields":{"mean":null},"time":"2026-10-30T17:14:12Z"}]}
                {"name":
                """));

        assertThat(recording).isEqualTo(
                """
                        {"ts":"2026-10-30T17:14:12Z","entity":"measurement/cpu","metric":"cpu_ok","value":0,"labels":{"cpu":"cpu0"}}
                        {"ts":"2026-10-30T17:14:14Z","entity":"measurement/cpu","metric":"cpu_mean","value":90.5,"labels":{"cpu":"cpu0"}}
                        """);
        assertThat(report.refused()).extracting(ConversionReport.Reason::text).containsExactly(
                "a field that is text: samples are numbers", "a field that is no number", "what follows is no JSON");
    }

    @Test
    void the_order_is_the_same_however_little_memory_there_is() throws IOException {
        ForeignFile[] files = IntStream.range(0, 7).mapToObj(f -> {
            StringBuilder rows = new StringBuilder("timestamp,value\n");
            IntStream.range(0, 100).forEach(i -> rows.append("2026-03-07 03:%02d:%02d,%d%n".formatted(i * 7 % 60,
                    f * i % 60, i)));
            return file("t" + f + ".csv", rows.toString());
        }).toArray(ForeignFile[]::new);
        convert(ForeignFormat.NAB, ROOM, files);
        String whole = recording;

        convert(ForeignFormat.NAB, 1_000, files);

        assertThat(recording).isEqualTo(whole);
        assertThat(whole.lines().map(line -> line.substring(7, 27)).toList()).isSorted().hasSize(700);
        try (var left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void rubbish_is_refused_and_whatever_is_written_can_be_read() throws IOException {
        List<ForeignFile> good = List.of(file("a.csv", "timestamp,value\n2026-03-07 03:41:00,45.868\n"),
                file("b.json", "{\"x/a.csv\": [[\"2026-03-07 03:40:00\", \"2026-03-07 04:00:00\"]]}"),
                file("c_metric.csv", "Time,TimeStamp,PodName,Cpu(%)\n2026-08-22 03:51:19.6 +0000 UTC m=+0,17,p,9\n"),
                file("d.json", "{\"03\": [{\"inject_timestamp\": \"1787370834\", \"inject_pod\": \"p\"}]}"),
                file("e.srpl", "db\nrp\ncpu,host=a value=97.1,b=3i,c=\"x, y\" 0000000002\n"),
                file("f.brpl",
                        "{\"name\":\"cpu\",\"points\":[{\"fields\":{\"m\":1},\"time\":\"2026-10-30T17:14:14Z\"}]}"));
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            ForeignFile file = good.get(i % good.size());
            byte[] bytes = file.opening().open().readAllBytes();
            for (int spoilt = random.nextInt(4); spoilt >= 0; spoilt--) {
                bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "\n\\\",=: {}[]09-".charAt(random.nextInt(14));
            }
            for (ForeignFormat format : ForeignFormat.values()) {
                convert(format, ROOM, new ForeignFile(file.path(), () -> new ByteArrayInputStream(bytes)));
                try (RecordingReader reader = RecordingReader.open("r",
                        new ByteArrayInputStream(recording.getBytes(StandardCharsets.UTF_8)), (_, _, _) -> 0)) {
                    while (reader.next()) {
                        assertThat(reader.ts()).isBetween(-62_135_596_800_000L, 253_402_300_799_999L);
                    }
                    assertThat(reader.report().problems()).as(recording).isEmpty();
                }
            }
        }
    }

    private ConversionReport convert(ForeignFormat format, long room, ForeignFile... files) throws IOException {
        StringWriter out = new StringWriter();
        ConversionReport report = Conversion.run(format, List.of(files), new SortedOutput(scratch, room), out);
        recording = out.toString();
        return report;
    }

    private static ForeignFile file(String path, String text) {
        return new ForeignFile(path, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
