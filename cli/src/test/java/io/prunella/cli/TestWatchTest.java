package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code test --watch} as a person uses it: a process, an editor, Ctrl-C. */
class TestWatchTest {
    private static final long SECONDS = 60;
    private static final String RULE = """
            rule hot
              when: load > %d
              then: notify("log", "x")

            test "fires at 6"
              given:
                node-1 load: 6 x 2 every 1s
              expect:
                at 0s: hot on node-1
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void runs_again_when_a_file_changes_until_it_is_interrupted() throws IOException, InterruptedException {
        Path rule = Files.writeString(folder.resolve("hot.dl"), RULE.formatted(5));
        Process process = new ProcessBuilder("env", "--default-signal=INT",
                System.getProperty("java.home") + "/bin/java", "-Xlog:disable", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "io.prunella.cli.Main", "test",
                "--watch", rule.toString()).redirectErrorStream(true).start();
        try {
            BlockingQueue<String> lines = lines(process);
            assertThat(until(lines, "watching")).contains("1 test: all passed")
                    .endsWith("watching 1 file; Ctrl-C ends it\n");

            Files.writeString(rule, RULE.formatted(7));
            assertThat(until(lines, "watching")).contains("changed: " + rule).contains("FAILED")
                    .contains("1 test: 1 failed");

            Files.writeString(rule, "rule hot\n  when: load >\n");
            assertThat(until(lines, "watching")).contains("error[DL").contains("does not compile");

            // As editors do: a new file takes the place of the old.
            Path fresh = Files.writeString(folder.resolve(".hot.dl.new"), RULE.formatted(4));
            Files.move(fresh, rule, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            assertThat(until(lines, "watching")).contains("1 test: all passed");

            Files.delete(rule);
            assertThat(until(lines, "watching")).contains("no such file");

            Files.writeString(rule, RULE.formatted(5));
            assertThat(until(lines, "watching")).contains("1 test: all passed");

            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(Exit.INTERRUPTED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static BlockingQueue<String> lines(Process process) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader in = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("[" + e.getMessage() + "]");
            }
        });
        return lines;
    }

    /** What was printed, up to the line that begins so. */
    private static String until(BlockingQueue<String> lines, String start) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        while (true) {
            String line = lines.poll(SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                return seen + "[nothing more]";
            }
            seen.append(line).append('\n');
            if (line.startsWith(start)) {
                return seen.toString();
            }
        }
    }
}
