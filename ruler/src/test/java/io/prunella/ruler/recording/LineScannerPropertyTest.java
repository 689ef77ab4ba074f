package io.prunella.ruler.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.Observation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The fast way of reading a line never says anything else than the slow one. */
class LineScannerPropertyTest {

    @Property(tries = 3000)
    void whatItAcceptsTheParserReadsAlike(@ForAll("lines") String line) {
        LineScanner scanner = new LineScanner();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Line fast = new Line();
        assertThat(scanner.scan(bytes, 0, bytes.length, fast)).as("no series is known yet").isFalse();
        if (LineParser.parse(bytes, 0, bytes.length, EntityMapping.DEFAULT) instanceof LineParser.Parsed.Read read
                && read.observation() instanceof Observation.Sample sample) {
            assertThat(Double.isInfinite(sample.value())).as("no number is infinity").isFalse();
            scanner.learn(bytes, 0, bytes.length, 0);
            if (scanner.scan(bytes, 0, bytes.length, fast)) {
                assertThat(fast.ts).isEqualTo(sample.ts());
                assertThat(Double.doubleToLongBits(fast.value)).isEqualTo(Double.doubleToLongBits(sample.value()));
                assertThat(read.ignored()).isEmpty();
            }
        } else {
            scanner.learn(bytes, 0, bytes.length, 0);
            // Learning is only ever asked for what the parser took; a shape that it refuses must not pass as one.
            assertThat(scanner.scan(bytes, 0, bytes.length, fast) && !looksUsual(line)).isFalse();
        }
    }

    /** The guess is of a line learned before, so that the two have to differ in ways that matter. */
    @Property(tries = 3000)
    void whatItGuessesTheParserReadsAlike(@ForAll("lines") String learned, @ForAll("lines") String other,
            @ForAll("tokens") String token) {
        LineScanner scanner = new LineScanner();
        Line fast = new Line();
        byte[] first = learned.getBytes(StandardCharsets.UTF_8);
        if (!(LineParser.parse(first, 0, first.length, EntityMapping.DEFAULT) instanceof LineParser.Parsed.Read read)
                || !read.ignored().isEmpty() || !scanner.learn(first, 0, first.length, 0)) {
            return;
        }
        // Behind itself came itself, so that is what is expected from here on.
        assertThat(scanner.scan(first, 0, first.length, fast)).isTrue();
        assertThat(scanner.guess(first, 0, first.length, fast)).isEqualTo(first.length);
        for (String line : List.of(other, learned.replaceFirst("(?<=\"value\":)[^,}]*", token),
                learned.replaceFirst("(?<=\"ts\":)[^,}]*", token), learned + "x", learned + token,
                learned.substring(1), learned.replace("}", token + "}"), learned.replace(",", token + ","))) {
            for (String behind : List.of("", "\n", "\n" + learned + "\n")) {
                guessed(scanner, line, behind);
            }
        }
    }

    private static void guessed(LineScanner scanner, String line, String behind) {
        byte[] bytes = (line + behind).getBytes(StandardCharsets.UTF_8);
        int length = (line + '\n').split("\n", 2)[0].getBytes(StandardCharsets.UTF_8).length;
        Line fast = new Line();
        int end = scanner.guess(bytes, 0, bytes.length, fast);
        if (end < 0) {
            return;
        }
        assertThat(end).isEqualTo(length);
        assertThat(LineParser.parse(bytes, 0, end, EntityMapping.DEFAULT))
                .isInstanceOfSatisfying(LineParser.Parsed.Read.class, read -> {
                    assertThat(read.ignored()).isEmpty();
                    assertThat(read.observation()).isInstanceOfSatisfying(Observation.Sample.class, sample -> {
                        assertThat(fast.ts).isEqualTo(sample.ts());
                        assertThat(Double.doubleToLongBits(fast.value))
                                .isEqualTo(Double.doubleToLongBits(sample.value()));
                    });
                });
        Line scanned = new Line();
        assertThat(scanner.scan(bytes, 0, end, scanned)).as("the guess takes no more than the scan").isTrue();
        assertThat(fast.series).isEqualTo(scanned.series);
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of("", " ", "0", "7", "17", "1793527200001", "17935272000001", "1793527200000123", "01",
                "-1",
                "-0", "1.5", "1.", ".5", "-", "1e5", "1-", "1.2.3", "123456789012345", "1234567890123456", "0.25",
                "\"NaN\"", "\"2026-11-01T10:00:01Z\"", "\"2026-11-01T10:00:00.25Z\"", "\"2026-02-30T10:00:00Z\"",
                "\"2026-11-01T10:00:00Z", "\"2026-11-01T10:00:0\n\"", "\n", "}", "\"", "\r", "\t");
    }

    /** Broken in a way that the scanner relies on the first reading of the same bytes to have found out. */
    private static boolean looksUsual(String line) {
        return line.contains("\"labels\"") || line.contains("\"entity\":\"\"") || line.contains("\"metric\":\"\"");
    }

    @Property(tries = 500)
    void usualLinesAreReadTheFastWay(@ForAll("usual") String line) {
        LineScanner scanner = new LineScanner();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        scanner.learn(bytes, 0, bytes.length, 7);
        Line fast = new Line();
        assertThat(scanner.scan(bytes, 0, bytes.length, fast)).isTrue();
        assertThat(fast.series).isEqualTo(7);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("samples") Observation.Sample sample) {
        byte[] bytes = RecordingWriter.line(sample).getBytes(StandardCharsets.UTF_8);
        assertThat(LineParser.parse(bytes, 0, bytes.length, EntityMapping.DEFAULT))
                .isEqualTo(new LineParser.Parsed.Read(sample, List.of()));
    }

    @Provide
    Arbitrary<Observation.Sample> samples() {
        return Combinators
                .combine(Arbitraries.longs().between(0, 4_000_000_000_000L), Arbitraries.strings().ofMinLength(1),
                        Arbitraries.doubles(),
                        Arbitraries.maps(Arbitraries.strings(), Arbitraries.strings()).ofMaxSize(3))
                .as((ts, name, value, labels) -> new Observation.Sample(ts, wellFormed(name), "m", wellFormed(labels),
                        value));
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Map<String, String> wellFormed(Map<String, String> labels) {
        Map<String, String> all = new java.util.HashMap<>();
        labels.forEach((name, value) -> all.put(wellFormed(name), wellFormed(value)));
        return all;
    }

    @Provide
    Arbitrary<String> usual() {
        return Combinators.combine(Arbitraries.longs().between(0, 4_000_000_000L),
                Arbitraries.integers().between(-9_999_999, 9_999_999), Arbitraries.of("", "é", "节点")).as(
                        (seconds, v,
                                name) -> RecordingWriter
                                        .line(new Observation.Sample(day28(seconds) * 1000, "node" + name, "m",
                                                Map.of("rack", "r" + name), v / 1000.0)));
    }

    /** The last days of months are for the slow way. */
    private static long day28(long seconds) {
        return java.time.Instant.ofEpochSecond(seconds).atZone(java.time.ZoneOffset.UTC).withDayOfMonth(28)
                .toEpochSecond();
    }

    /** Usual lines, pieces of them left out, doubled, changed. */
    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> ts = Arbitraries.of("\"ts\":\"2026-11-01T10:00:00Z\"", "\"ts\":\"2026-02-30T10:00:00Z\"",
                "\"ts\":\"2026-11-31T10:00:00.5Z\"", "\"ts\":\"2024-02-29T23:59:60Z\"", "\"ts\":1793527200000",
                "\"ts\":01", "\"ts\":-5", "\"ts\":\"2026-11-01T10:00:00.123456789Z\"", "\"ts\" : 17",
                "\"ts\":\"2026-11-01T24:00:00Z\"", "\"ts\":\"2026-11-01T10:00:00.Z\"", "\"ts\":253402300800000",
                "\"ts\":\"1969-12-31T23:59:59.9999Z\"", "\"ts\":\"0000-01-01T00:00:00Z\"", "\"ts\":1.5e12");
        Arbitrary<String> value = Arbitraries
                .of("0.97", "-0", "1.", ".5", "00", "1e5", "1e400", "-1e400", "9".repeat(400), "-", "123456789012345",
                        "1234567890123456",
                        "0.1234567890123",
                        "\"NaN\"", "NaN", "true", "null", "-1.50", "0.30000000000000004", "9007199254740993", "1 2",
                        "007.5",
                        "0.000000000000001")
                .map(v -> "\"value\":" + v);
        Arbitrary<String> entity = Arbitraries.of("\"entity\":\"a\"", "\"entity\":\"\"", "\"entity\":\"a\\\"b\"",
                "\"entity\":\"é\"", "\"entity\":5", "\"Entity\":\"a\"", "\"entity\":\"a\tb\"");
        Arbitrary<String> metric = Arbitraries.of("\"metric\":\"m\"", "\"metric\":\"\"", "\"metric\": \"m\"");
        Arbitrary<String> labels = Arbitraries.of("\"labels\":{}", "\"labels\":{\"a\":\"b\"}", "\"labels\":{\"a\":1}",
                "\"labels\":{\"a\":\"b\",\"a\":\"c\"}", "\"labels\":{\"a\":{}}", "\"labels\":{,}", "\"labels\":null",
                "\"x\":1", "\"stale\":true", "\"tick\":true");
        return Combinators.combine(ts, entity, metric, value, labels, Arbitraries.integers().between(0, 119),
                Arbitraries.of("", " ", ",", "}", "x", "\r"), Arbitraries.of(0, 0, 0, 1, 2)).as(
                        (a, b, c, d, e, order, tail, cut) -> {
                            List<String> parts = new ArrayList<>(List.of(a, b, c, d, e));
                            java.util.Collections.shuffle(parts, new java.util.Random(order));
                            if (cut == 1) {
                                parts.remove(order % 5);
                            } else if (cut == 2) {
                                parts.add(parts.get(order % 5));
                            }
                            return "{" + String.join(order % 7 == 0 ? ", " : ",", parts) + "}" + tail;
                        });
    }
}
