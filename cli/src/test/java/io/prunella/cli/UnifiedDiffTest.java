package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnifiedDiffTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void equalTextsHaveNone() {
        assertThat(UnifiedDiff.of("x", "a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void patchTurnsOneTextIntoTheOtherByIt() throws IOException, InterruptedException {
        Random random = new Random(42);
        for (int round = 0; round < 20; round++) {
            String before = text(random, random.nextInt(40));
            String after = text(random, random.nextInt(40));
            Path file = folder.resolve("file");
            Path diff = folder.resolve("diff");
            Files.writeString(file, before);
            Files.writeString(diff, UnifiedDiff.of("file", before, after));
            if (!before.equals(after)) {
                Process patch = new ProcessBuilder("patch", "-s", "--no-backup-if-mismatch", file.toString(),
                        diff.toString()).redirectErrorStream(true).start();
                String said = new String(patch.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
                assertThat(patch.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(patch.exitValue()).as(said + Files.readString(diff)).isZero();
                assertThat(Files.exists(file) ? Files.readString(file) : "").isEqualTo(after);
            }
        }
    }

    private static String text(Random random, int lines) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            text.add("line " + random.nextInt(8));
        }
        return lines == 0 ? "" : String.join("\n", text) + "\n";
    }
}
