package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording is streamed: more bytes than twice what the heap may hold go through it. */
class LargerThanMemoryTest {
    private static final int LINES = 1_000_000;
    private static final int ENTITIES = 1_000;
    private static final int HEAP_MIB = 24;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void simulate_reads_a_recording_that_is_larger_than_its_memory() throws IOException, InterruptedException {
        Path rule = Files.writeString(folder.resolve("hot.dl"), """
                when: cpu_load > 95% for 1m
                then: notify("log", "{{ entity }} is hot")
                """);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xlog:disable",
                "-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                "io.prunella.cli.Main", "simulate", rule.toString(), "--recording", "-").redirectOutput(out.toFile())
                .redirectError(err.toFile()).start();
        long written = 0;
        try (OutputStream in = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
            for (int i = 0; i < LINES; i++) {
                // Each is hot for two minutes of a hundred, one after the other.
                int minute = i / ENTITIES;
                int entity = i % ENTITIES;
                boolean hot = (minute + entity) % 100 < 2;
                byte[] line = ("{\"ts\":" + (minute * 60_000L + entity) + ",\"entity\":\"node-" + entity
                        + "\",\"metric\":\"cpu_load\",\"value\":" + (hot ? "0.97" : "0.5") + "}\n")
                        .getBytes(StandardCharsets.UTF_8);
                written += line.length;
                in.write(line);
            }
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(Files.readString(err)).contains("read 1,000,000 lines: 1,000,000 samples, 0 events");
        assertThat(process.exitValue()).isZero();
        assertThat(written).isGreaterThan(2L * HEAP_MIB * 1024 * 1024);
        // Fired a minute after each of its hot minutes began, the one at the very end not yet.
        long expected = 0;
        for (int entity = 0; entity < ENTITIES; entity++) {
            for (int minute = 1; minute < LINES / ENTITIES; minute++) {
                boolean secondHot = (minute + entity) % 100 == 1;
                expected += secondHot ? 1 : 0;
            }
        }
        try (var lines = Files.lines(out)) {
            assertThat(lines.count()).isEqualTo(expected);
        }
    }
}
