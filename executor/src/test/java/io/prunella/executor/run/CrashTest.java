package io.prunella.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.HealHistory;
import io.prunella.executor.journal.SqliteJournal;
import io.prunella.plan.HealResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process dies at every write of its journal, and the next one takes up its heals. */
class CrashTest {
    @TempDir
    private Path folder = Path.of("");
    private boolean intentIsLast;

    private static Process child(Path home, String... what) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), CrashChild.class.getName(), home.toString()));
        command.addAll(List.of(what));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile()).start();
    }

    @Test
    void afterADeathAtAnyWriteEveryHealIsEndedAndNothingIsRepeatedSilently() throws Exception {
        int write = 0;
        boolean died = true;
        while (died) {
            write++;
            died = die(write, "before");
            // To die right after a row differs from dying before the next one only if an effect lies between the two.
            if (intentIsLast) {
                die(write - 1, "after");
            }
        }
        assertThat(write).as("writes of both heals").isGreaterThan(30);
    }

    private boolean die(int write, String when) throws Exception {
        var home = Files.createDirectory(folder.resolve(when + write));
        var child = child(home, Integer.toString(write), when);
        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(home.resolve("out"))).isIn(0, 42);
        try (var journal = SqliteJournal.open(home.resolve("journal.db"))) {
            intentIsLast = journal.latest(1).stream()
                    .anyMatch(history -> history.entries().getLast().fact() instanceof Fact.Intent);
        }
        recoverAndJudge(home);
        return child.exitValue() == 42;
    }

    private static void recoverAndJudge(Path home) throws Exception {
        var file = home.resolve("journal.db");
        var events = CrashChild.run(SqliteJournal.open(file), home, List.of(), false);
        var effects = Files.exists(home.resolve("effects"))
                ? Files.readAllLines(home.resolve("effects"))
                : List.<String>of();
        try (var journal = SqliteJournal.open(file)) {
            assertThat(journal.unfinished()).as("none is forgotten, in " + home).isEmpty();
            var histories = journal.latest(10);
            for (var history : histories) {
                judge(history, effects, events, home);
            }
            var known = histories.stream().map(history -> history.order().traceId()).toList();
            assertThat(effects).as("no effect without a heal on disk").allMatch(
                    line -> known.stream().anyMatch(line::endsWith));
        }
    }

    private static void judge(HealHistory history, List<String> effects, List<HealEvent> events, Path home) {
        var trace = history.order().traceId();
        var where = home + ": " + effects + " " + history.entries().stream().map(e -> e.fact().toString()).toList();
        var result = history.ended().orElseThrow().result();
        boolean resumed = history.entries().stream().anyMatch(entry -> entry.fact() instanceof Fact.Resumed);
        assertThat(history.entries().stream().filter(e -> e.fact() instanceof Fact.Ended)).as(where).hasSize(1);
        assertThat(Collections.frequency(effects, "wipe " + trace)).as(where).isLessThanOrEqualTo(1);
        assertThat(Collections.frequency(effects, "reboot " + trace)).as(where).isLessThanOrEqualTo(1);
        Set.copyOf(effects).stream().filter(line -> line.endsWith(trace)).forEach(line -> {
            int times = Collections.frequency(effects, line);
            assertThat(times).as(where).isLessThanOrEqualTo(2);
            if (times == 2) {
                assertThat(resumed).as("repeated, and said so: " + where).isTrue();
                long intents = history.entries().stream().filter(e -> e.fact() instanceof Fact.Intent intent
                        && line.startsWith(intent.doing() + " ")).count();
                assertThat(intents).as(where).isEqualTo(2);
            }
        });
        if (trace.equals(CrashChild.GOOD)) {
            assertThat(result).as(where).isIn(HealResult.HEALED, HealResult.INTERRUPTED);
            assertThat(effects).as(where).contains("reboot " + trace, "drain " + trace);
            if (result == HealResult.HEALED) {
                assertThat(effects).as(where).contains("wipe " + trace, "undrain " + trace, "notify " + trace);
            }
        } else {
            assertThat(result).as(where).isEqualTo(HealResult.ROLLED_BACK);
            assertThat(effects).as(where).contains("reboot " + trace, "break " + trace, "undo " + trace,
                    "notify " + trace);
        }
        assertThat(events.stream().filter(e -> e.traceId().equals(trace) && e instanceof HealEvent.Resumed).count())
                .as(where).isEqualTo(resumed ? 1 : 0);
    }

    @Test
    void stopsTheProcessThatAKilledExecutorLeftRunningBeforeItTriesAgain() throws Exception {
        var child = child(folder, "hang");
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (sleepers().isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(sleepers()).as(Files.readString(folder.resolve("out"))).hasSize(1);
            var left = sleepers().getFirst();
            new ProcessBuilder("/bin/sh", "-c", "kill -9 " + child.pid()).start().waitFor();
            child.waitFor();
            assertThat(left.isAlive()).isTrue();
            var events = Collections.synchronizedList(new ArrayList<HealEvent>());
            var second = Thread.ofVirtual().start(() -> {
                try {
                    events.addAll(CrashChild.run(SqliteJournal.open(folder.resolve("journal.db")), folder, List.of(),
                            false));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            left.onExit().get(30, TimeUnit.SECONDS);
            while (sleepers().isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(sleepers()).as("one attempt at a time").hasSize(1);
            sleepers().forEach(ProcessHandle::destroyForcibly);
            assertThat(second.join(java.time.Duration.ofSeconds(30))).isTrue();
            assertThat(events).filteredOn(HealEvent.Ended.class::isInstance).singleElement()
                    .satisfies(e -> assertThat(((HealEvent.Ended) e).result()).isEqualTo(HealResult.FAILED));
        } finally {
            child.destroyForcibly();
            sleepers().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** What this test's executors have started: it bears the action's id. */
    private static List<ProcessHandle> sleepers() {
        var order = CrashChild.hanging();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(handle -> {
                try {
                    return Files.readString(Path.of("/proc/" + handle.pid() + "/environ"), StandardCharsets.ISO_8859_1)
                            .contains("PRUNELLA_TRACE_ID=" + order.traceId())
                            && Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline"))
                                    .startsWith("/usr/bin/sleep");
                } catch (IOException _) {
                    return false;
                }
            }).toList();
        }
    }
}
