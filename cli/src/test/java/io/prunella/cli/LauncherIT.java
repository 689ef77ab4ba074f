package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged distribution, started as a user starts it. */
final class LauncherIT {
    private static final Path ROOT = Path.of(System.getProperty("prunella.root"));
    private static final Path DISTRIBUTION = ROOT.resolve("cli/target/prunella");
    private static final String JAVA = System.getProperty("java.home");
    private static final long MINUTES = 4;

    @TempDir(cleanup = CleanupMode.NEVER) // made writable again first
    private Path folder = Path.of("");

    private record Ended(int exit, String out, String err) {}

    @AfterEach
    void clean() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                assertThat(path.toFile().setWritable(true)).isTrue();
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Ended run(Map<String, String> environment, Path where, String... command)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    }

    private static Map<String, String> usual() {
        return new LinkedHashMap<>(
                Map.of("PATH", "/usr/sbin:/usr/bin:/bin", "PRUNELLA_JAVA_HOME", JAVA, "HOME", "/nonexistent"));
    }

    private Path installed(String name) throws IOException, InterruptedException {
        Path home = folder.resolve(name);
        assertThat(run(usual(), folder, "cp", "-a", DISTRIBUTION.toString(), home.toString()).exit()).isZero();
        return home;
    }

    @Test
    void runsFromAnyFolderThroughALinkWithSpacesInItsPathAndNothingToWrite() throws IOException, InterruptedException {
        Path home = installed("a folder with spaces");
        assertThat(home.resolve("lib").toFile().setWritable(false)).isTrue();
        assertThat(home.toFile().setWritable(false)).isTrue();
        Path link = Files.createSymbolicLink(folder.resolve("prunella-link"), home.resolve("bin/prunella"));
        Path file = Files.writeString(folder.resolve("rule.dl"), """
                rule a
                  when: up == 0 for 10m
                  then: notify("log", "down")
                """);
        Ended ended = run(usual(), folder, link.toString(), "check", String.valueOf(file.getFileName()));
        assertThat(ended.err()).contains("1 file");
        assertThat(ended.exit()).isLessThan(2);
    }

    @Test
    void findsJavaByItsReleaseFileAndSaysWhatToInstallWhenThereIsNone() throws IOException, InterruptedException {
        Path home = installed("p");
        Map<String, String> none = usual();
        none.put("PRUNELLA_JAVA_HOME", folder.toString());
        none.put("PATH", "/nowhere");
        Ended ended = run(none, folder, "/bin/sh", home.resolve("bin/prunella").toString(), "--version");
        // A JDK in /usr/lib/jvm may be found; else the cure has to be told.
        if (ended.exit() == 0) {
            assertThat(ended.out()).startsWith("prunella ");
        } else {
            assertThat(ended.exit()).isEqualTo(2);
            assertThat(ended.err()).contains("apt-get install");
        }
        assertThat(ended.err()).contains("PRUNELLA_JAVA_HOME is " + folder);
    }

    @Test
    void saysSoWhenTheSourceTreeCannotBeBuiltForLackOfMaven() throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.copy(ROOT.resolve("prunella"), tree.resolve("prunella"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("find", "head", "mkdir", "flock", "sh", "tail")) {
            Files.createSymbolicLink(bin.resolve(tool), Tool.find(tool, Map.of()).orElseThrow());
        }
        Map<String, String> bare = usual();
        bare.put("PATH", bin.toString());
        Ended ended = run(bare, folder, "/bin/sh", tree.resolve("prunella").toString(), "--version");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("nothing is built yet").contains("apt-get install maven");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void anArchiveThatDoesNotFitOnlyCostsTime() throws IOException, InterruptedException {
        Path home = installed("p");
        Files.writeString(home.resolve("lib/prunella-text.aot"), "not an archive");
        Ended ended = run(usual(), folder, home.resolve("bin/prunella").toString(), "--version");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).startsWith("prunella ");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aJarThatWasReplacedIsRunAndNotWhatWasPreparedFromTheOldOne() throws IOException, InterruptedException {
        Path home = installed("p");
        Path jar = home.resolve("lib/prunella.jar");
        Files.delete(jar);
        Files.writeString(jar, "not a jar");
        Ended ended = run(usual(), folder, home.resolve("bin/prunella").toString(), "--version");
        assertThat(ended.exit()).isNotZero();
    }

    @Test
    void packsAndExamplesAreCleanFormattedAndProved() throws IOException, InterruptedException {
        String launcher = DISTRIBUTION.resolve("bin/prunella").toString();
        assertThat(run(usual(), ROOT, launcher, "fmt", "--check", "rule-packs", "examples"))
                .isEqualTo(new Ended(0, "", ""));
        Ended strict = run(usual(), ROOT, launcher, "check", "--strict", "rule-packs");
        assertThat(strict.exit()).as(strict.out()).isZero();
        Ended examples = run(usual(), ROOT, launcher, "check", "examples");
        assertThat(examples.exit()).as(examples.out()).isZero();
        Ended tests = run(usual(), ROOT, launcher, "test", "rule-packs", "examples");
        assertThat(tests.exit()).as(tests.out()).isZero();
    }

    @Test
    void theRecordedFaultFiresAtTheRightMillisecond() throws IOException, InterruptedException {
        Ended ended = run(usual(), ROOT, DISTRIBUTION.resolve("bin/prunella").toString(), "simulate",
                "examples/01-first-heal", "--recording", "examples/01-first-heal/recordings/unreachable.jsonl");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out().lines()).singleElement().asString().contains("\"rule\":\"health-check-fail\"")
                .contains("\"ts\":\"2026-11-24T06:17:50.546Z\"").contains("\"duration\":\"30.001s\"");
    }

    @Test
    void theDemoHealsARealProcessAndLeavesNothing() throws IOException, InterruptedException {
        Ended ended = run(usual(), folder, DISTRIBUTION.resolve("bin/prunella").toString(), "demo");
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("self-healing.detect", "verify.post-recovery", "rollback.restore_release",
                "ROLLED_BACK", "healed: both faults are gone");
        assertThat(ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains("node.py")))
                .isEmpty();
    }
}
