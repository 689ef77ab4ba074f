package io.prunella.cli;

import io.prunella.control.loop.LoopPorts;
import io.prunella.control.loop.NetworkProber;
import io.prunella.control.settings.Settings;
import io.prunella.executor.driver.AnsibleDriver;
import io.prunella.executor.driver.CommandDriver;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.ProcessSettings;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.MemoryJournal;
import io.prunella.executor.journal.SqliteJournal;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.LockService;
import io.prunella.executor.lock.LockSettings;
import io.prunella.executor.lock.Locks;
import io.prunella.executor.notify.LogChannels;
import io.prunella.executor.run.ExecutorSettings;
import io.prunella.executor.schedule.LiveTimers;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.executor.schedule.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The real surroundings of a loop that one command runs: processes, network, journal, locks. */
final class Live implements AutoCloseable {
    private final Settings settings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("prunella-renewals").unstarted(task));
    private final LiveTimers clock = new LiveTimers(InstantSource.system());
    private final NetworkProber prober = new NetworkProber(threads);
    private final Path runs;
    private final Journal journal;
    private final LockService locks;
    private final Drivers drivers;

    /**
     * Opens what a loop needs.
     *
     * @param durable whether heals are journaled on disk, in the file that the settings name
     */
    Live(Settings settings, boolean durable, Map<String, String> environment) {
        this.settings = settings;
        try {
            journal = durable ? SqliteJournal.open(Path.of(settings.journal())) : new MemoryJournal();
            locks = locks(journal.newestToken());
        } catch (JournalFailure e) {
            throw UserError.usage(e.getMessage() + (e.help().isEmpty() ? "" : " (" + e.help() + ")"));
        }
        try {
            runs = Files.createTempDirectory("prunella-runs");
        } catch (IOException e) {
            throw UserError.usage("cannot make a folder for temporary files: " + e.getMessage());
        }
        ProcessSettings processes = ProcessSettings.of(environment, clock, threads);
        drivers = Drivers.of(new AnsibleDriver(processes, runs), new CommandDriver(processes));
    }

    private LockService locks(FencingToken newest) {
        Settings.Locks configured = settings.locks();
        if (configured.redis().isEmpty() && configured.etcd().isEmpty()) {
            return Locks.inProcess(newest);
        }
        LockSettings asked = LockSettings.distributed(configured.redis(), configured.etcd()).withDegrade(
                switch (configured.degrade()) {
                    case LOCAL -> LockSettings.Degrade.LOCAL;
                    case REFUSE -> LockSettings.Degrade.REFUSE;
                });
        if (!asked.problems().isEmpty()) {
            throw UserError.usage("the configuration of locks cannot be used: " + String.join("; ", asked.problems()));
        }
        return Locks.open(asked, newest, InstantSource.system(), renewals);
    }

    Drivers drivers() {
        return drivers;
    }

    /** The ports of one loop. */
    LoopPorts ports(Timers timers, Consumer<String> messages) {
        return new LoopPorts(timers, threads, new PriorityWorkers(settings.workers().max(), threads), drivers, journal,
                locks, new LogChannels(messages), prober,
                ExecutorSettings.plain("cli-" + ProcessHandle.current().pid()));
    }

    @Override
    public void close() {
        journal.close();
        prober.close();
        clock.close();
        renewals.shutdownNow();
        threads.shutdownNow();
        delete(runs);
    }

    /** A folder with all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            // A temporary folder that stays is no reason to fail.
        }
    }
}
