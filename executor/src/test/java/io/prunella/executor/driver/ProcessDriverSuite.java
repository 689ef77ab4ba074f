package io.prunella.executor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.schedule.LiveTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A driver that starts processes, each of whose effects is a line in a file. */
abstract class ProcessDriverSuite extends ActionDriverSuite {
    @TempDir
    Path folder = Path.of("");

    final LiveTimers timers = new LiveTimers(InstantSource.system());
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final ProcessSettings settings = ProcessSettings.of(System.getenv(), timers, threads);

    @AfterEach
    void stop() {
        threads.close();
        timers.close();
    }

    Path effectsFile() {
        return folder.resolve("effects");
    }

    @Override
    void await(Heard heard) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        synchronized (heard) {
            while (heard.outcomes().isEmpty() && System.nanoTime() < end) {
                heard.wait(1_000);
            }
        }
        assertThat(heard.outcomes()).as("an outcome within a minute").isNotEmpty();
    }

    @Override
    int effects() {
        try {
            return Files.exists(effectsFile()) ? Files.readAllLines(effectsFile()).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long processesOf(Attempt attempt) {
        return ProcessHandle.allProcesses().filter(handle -> {
            try {
                return Files.readString(Path.of("/proc/" + handle.pid() + "/environ"),
                        java.nio.charset.StandardCharsets.ISO_8859_1).contains("=" + attempt.actionId());
            } catch (IOException _) {
                return false;
            }
        }).count();
    }
}
