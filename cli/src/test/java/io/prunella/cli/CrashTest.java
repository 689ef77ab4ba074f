package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashTest {
    @TempDir
    private Path folder = Path.of("");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Crash crash(boolean debug) {
        PrintStream printer = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Crash(new Shell(new ByteArrayInputStream(new byte[0]), printer, printer, false, false,
                Map.of("XDG_STATE_HOME", folder.toString()), folder), debug);
    }

    @Test
    void aFaultOfOursIsOneLineWithAReferenceAndItsDetailsAreInAFile() throws IOException {
        int exit = crash(false).report(new IllegalStateException("the index lost a series"));
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(exit).isEqualTo(Exit.INTERNAL);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("prunella: internal error ").contains("IllegalStateException");
        try (Stream<Path> files = Files.list(folder.resolve("prunella"))) {
            Path file = files.findFirst().orElseThrow();
            assertThat(lines.getLast()).contains(file.toString());
            assertThat(file).content().contains("the index lost a series").contains("CrashTest");
        }
    }

    @Test
    void debugShowsTheDetails() {
        crash(true).report(new IllegalStateException("the index lost a series"));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("CrashTest").contains("the index lost a series");
    }

    @Test
    void aReaderWhoLeftIsNoNews() {
        int exit = crash(false).report(new Pipe.Broken(new IOException("Broken pipe")));
        assertThat(exit).isEqualTo(Exit.PIPE);
        assertThat(err.size()).isZero();
    }
}
