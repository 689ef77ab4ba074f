package io.prunella.ruler.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RecordingReaderTest {
    private static final String LINE = "{\"ts\":\"2026-11-01T10:00:00Z\",\"entity\":\"a\",\"metric\":\"m\",\"value\":0.5}\n";
    private final Map<String, Integer> numbers = new HashMap<>();

    private RecordingReport read(String name, byte[] bytes) throws IOException {
        try (RecordingReader reader = RecordingReader.open(name, new ByteArrayInputStream(bytes),
                (entity, metric, labels) -> numbers.computeIfAbsent(entity + metric + labels, _ -> numbers.size()))) {
            while (reader.next()) {
                assertThat(!reader.isSample() || (reader.value() == 0.5 && reader.series() == 0)).isTrue();
            }
            return reader.report();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith("gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            out.write(text(LINE.repeat(20_000)));
        }
        return bytes.toByteArray();
    }

    @Test
    void unpacksWhatItsNameSays() throws IOException {
        assertThat(read("r.jsonl.gz", packed("gz")).samples()).isEqualTo(20_000);
        assertThat(read("r.jsonl.zst", packed("zst")).samples()).isEqualTo(20_000);
        assertThat(numbers).hasSize(1);
    }

    @Test
    void unpacksWhatItsFirstBytesSay() throws IOException {
        assertThat(read("stdin", packed("gz")).samples()).isEqualTo(20_000);
        assertThat(read("stdin", packed("zst")).samples()).isEqualTo(20_000);
        assertThat(read("r.jsonl.zst", packed("gz")).samples()).isEqualTo(20_000);
        assertThat(read("r.jsonl", text("{")).unusable()).isEqualTo(1);
    }

    @Test
    void readsAllOfAPipeIntoWhichSeveralPackedFilesGo() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(packed("gz"));
        both.write(packed("gz"));
        try (RecordingReader reader = RecordingReader.open("stdin", new Slow(both.toByteArray()), (_, _, _) -> 0)) {
            while (reader.next()) {
                assertThat(reader.isSample()).isTrue();
            }
            assertThat(reader.report().samples()).isEqualTo(40_000);
            assertThat(reader.report().unreadable()).isEmpty();
        }
    }

    /** Gives a byte at a time, and never knows of a next one. */
    private static final class Slow extends ByteArrayInputStream {
        Slow(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(1, length));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }

    @Test
    void aDamagedFileIsAProblem() throws IOException {
        for (String name : new String[]{"gz", "zst"}) {
            byte[] whole = packed(name);
            for (byte[] bytes : new byte[][]{Arrays.copyOf(whole, whole.length - 5), text(LINE), {}}) {
                RecordingReport report = read("r.jsonl." + name, bytes);
                if (bytes.length > 0 || name.equals("gz")) {
                    assertThat(report.unusable()).as(name + " of " + bytes.length).isEqualTo(1);
                    assertThat(report.problems().getFirst().message()).contains("can't be unpacked");
                }
            }
        }
    }

    @Test
    void aRecordingIsUnreadableWhenItSaysNothingButRubbishOrIsDamaged() throws IOException {
        String tick = "{\"ts\":\"2026-11-01T10:00:00Z\",\"tick\":true}\n";
        assertThat(read("r.jsonl", text("oops\n")).unreadable())
                .containsExactly("r.jsonl: the recording could not be read: no line of it is a record");
        assertThat(read("r.jsonl.gz", Arrays.copyOf(packed("gz"), 200)).unreadable())
                .containsExactly("r.jsonl.gz: the recording could not be read: it can't be unpacked to its end");
        assertThat(read("r.jsonl", text("oops\n" + LINE)).unreadable()).isEmpty();
        assertThat(read("r.jsonl", text("oops\n" + tick)).unreadable()).isEmpty();
        assertThat(read("r.jsonl", text("\n\n")).unreadable()).isEmpty();
        assertThat(read("r.jsonl", text("")).unreadable()).isEmpty();
    }

    @Test
    void aNumberBeyondTheRangeOfADoubleIsABadLine() throws IOException {
        RecordingReport report = read("r.jsonl",
                text(LINE + LINE.replace("0.5", "1e400") + LINE.replace("0.5", "-1" + "0".repeat(400))));
        assertThat(report.samples()).isEqualTo(1);
        assertThat(report.problems()).extracting(RecordingProblem::toString).containsExactly(
                "r.jsonl:2: `1e400` is beyond the range of numbers (write `\"+Inf\"`, in quotes, if infinity is meant)",
                "r.jsonl:3: `-10000000000000000000…` is beyond the range of numbers"
                        + " (write `\"-Inf\"`, in quotes, if infinity is meant)");
        String event = "{\"ts\":1,\"entity\":\"a\",\"event\":\"e\",\"attrs\":{\"x\":[1e400]}}\n";
        assertThat(read("r.jsonl", text(event)).unusable()).isEqualTo(1);
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(read("r.jsonl", text(LINE + LINE.stripTrailing())).samples()).isEqualTo(2);
        assertThat(read("r.jsonl", text(LINE.replace("\n", "\r\n") + "\n\n" + LINE)).samples()).isEqualTo(2);
    }

    @Test
    void aLineWithoutEndIsNotReadIntoMemory() throws IOException {
        RecordingReport report = read("r.jsonl", text("x".repeat(5 << 20) + "\n" + LINE));
        assertThat(report.samples()).isEqualTo(1);
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.problems().getFirst()).hasToString(
                "r.jsonl:1: a line of more than 1048576 bytes (records are one line each, of less)");
    }

    @Test
    void ofManyBadLinesTheFirstAreShownAndAllAreCounted() throws IOException {
        RecordingReport report = read("r.jsonl", text("oops\n".repeat(500)));
        assertThat(report.unusable()).isEqualTo(500);
        assertThat(report.problems()).hasSize(10);
    }
}
