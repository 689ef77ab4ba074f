package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions at a shell: {@code transcripts/NAME/cmd} holds commands, one a line, {@code files/} the folder that they are
 * typed in, {@code transcript} what is then seen. There, a line of standard error begins with {@code 2> }, and an exit
 * code that is not 0 stands in brackets. Rewritten by {@code -Dgolden.update=true}.
 */
final class TranscriptTest {
    private static final Path ROOT = Path.of(System.getProperty("prunella.root"));
    private static final Path TRANSCRIPTS = ROOT.resolve("cli/src/test/transcripts");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final long MINUTES = 2;

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> everySessionLooksAsItDid() throws IOException {
        Path shim = shim();
        List<Path> folders;
        try (Stream<Path> listed = Files.list(TRANSCRIPTS)) {
            folders = listed.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(folders).isNotEmpty();
        return folders.stream().map(folder -> DynamicTest.dynamicTest(String.valueOf(folder.getFileName()),
                () -> compare(folder, shim)));
    }

    private void compare(Path folder, Path shim) throws IOException, InterruptedException {
        try (Stream<Path> listed = Files.list(folder)) {
            assertThat(listed.map(p -> String.valueOf(p.getFileName()))).as("nothing but what is used")
                    .isSubsetOf("cmd", "files", "transcript");
        }
        String seen = session(folder, shim);
        Path golden = folder.resolve("transcript");
        if (UPDATE) {
            Files.writeString(golden, seen);
        }
        assertThat(golden).exists();
        assertThat(seen).isEqualTo(Files.readString(golden));
        assertThat(seen).as("no stack trace ever reaches a user").doesNotContain("\tat ").doesNotContain("    at ")
                .doesNotContain("Exception").doesNotContainPattern("internal error [0-9a-f]{8}");
    }

    private String session(Path folder, Path shim) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(scratch, "w").toRealPath();
        if (Files.isDirectory(folder.resolve("files"))) {
            copy(folder.resolve("files"), work);
        }
        StringBuilder seen = new StringBuilder();
        for (String command : Files.readAllLines(folder.resolve("cmd"))) {
            if (command.isBlank() || command.startsWith("#")) {
                seen.append(command).append('\n');
                continue;
            }
            seen.append("$ ").append(command).append('\n');
            Path out = scratch.resolve("out");
            Path err = scratch.resolve("err");
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).directory(work.toFile())
                    .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.putAll(Map.of("PATH", shim.getParent() + ":/usr/bin:/bin:/usr/sbin", "HOME", work.toString(),
                    "LC_ALL", "C.UTF-8", "ROOT", ROOT.toString()));
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                seen.append("[hangs]\n");
                continue;
            }
            append(seen, "", out, work);
            append(seen, "2> ", err, work);
            if (process.exitValue() != 0) {
                seen.append('[').append(process.exitValue()).append("]\n");
            }
        }
        return seen.toString();
    }

    private static void append(StringBuilder seen, String prefix, Path file, Path work) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .replace(work.toString(), "$PWD").replace(ROOT.toString(), "$ROOT");
        text.lines().forEach(line -> seen.append(prefix).append(line).append('\n'));
    }

    /** A {@code prunella} that runs what was just compiled. */
    private Path shim() throws IOException {
        Path bin = Files.createDirectories(scratch.resolve("bin"));
        Path shim = bin.resolve("prunella");
        List<String> command = new ArrayList<>(List.of("exec", quoted(System.getProperty("java.home") + "/bin/java"),
                "-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                quoted("-Dprunella.home=" + ROOT), "-cp", quoted(System.getProperty("java.class.path")),
                "io.prunella.cli.Main", "\"$@\""));
        Files.writeString(shim, "#!/bin/sh\n" + String.join(" ", command) + "\n");
        assertThat(shim.toFile().setExecutable(true)).isTrue();
        return shim;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
