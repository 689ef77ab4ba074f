package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final int LARGE = 20 << 20;

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Shell shell(boolean terminalOut, boolean terminalErr) {
        return new Shell(new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), terminalOut, terminalErr, Map.of(), folder);
    }

    @Test
    void a_bar_grows_on_a_terminal_and_is_taken_away() throws IOException {
        Progress progress = new Progress(shell(false, true), LARGE);
        InputStream watched = progress.watch(new ByteArrayInputStream(new byte[LARGE]));
        watched.readNBytes(LARGE / 2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("  50 %").contains("█").doesNotContain("100 %");
        watched.readAllBytes();
        progress.close();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("100 %").endsWith(" \r");
    }

    @Test
    void nothing_is_drawn_into_a_pipe_or_for_what_takes_no_time() throws IOException {
        new Progress(shell(false, false), LARGE).watch(new ByteArrayInputStream(new byte[LARGE])).readAllBytes();
        new Progress(shell(true, true), 1000).watch(new ByteArrayInputStream(new byte[1000])).readAllBytes();
        assertThat(err.size()).isZero();
    }

    @Test
    void a_result_on_the_same_terminal_stands_where_the_bar_was() throws IOException {
        Path file = Files.write(folder.resolve("large.jsonl"), new byte[LARGE]);
        try (Recordings recordings = new Recordings(shell(true, true), "pack.dl", List.of(file.toString()))) {
            InputStream bytes = recordings.open().getFirst().bytes();
            bytes.readNBytes(LARGE / 2);
            recordings.print("a firing");
            assertThat(err.toString(StandardCharsets.UTF_8)).endsWith(" \r");
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("a firing");
            bytes.readAllBytes();
            assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("100 %");
        }
    }
}
