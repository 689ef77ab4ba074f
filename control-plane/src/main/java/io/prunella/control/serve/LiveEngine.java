package io.prunella.control.serve;

import io.prunella.control.loop.HealingLoop;
import io.prunella.control.loop.LoopPorts;
import io.prunella.control.loop.LoopSettings;
import io.prunella.control.loop.NetworkProber;
import io.prunella.control.settings.Settings;
import io.prunella.control.telemetry.OtlpTraces;
import io.prunella.control.telemetry.TraceRecorder;
import io.prunella.executor.driver.AnsibleDriver;
import io.prunella.executor.driver.CommandDriver;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.ProcessSettings;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.SqliteJournal;
import io.prunella.executor.lock.LockService;
import io.prunella.executor.lock.LockSettings;
import io.prunella.executor.lock.Locks;
import io.prunella.executor.notify.LogChannels;
import io.prunella.executor.run.ExecutorSettings;
import io.prunella.executor.schedule.LiveTimers;
import io.prunella.executor.schedule.PriorityWorkers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything real behind the loop: journal, locks, drivers, traces; opened in this order and closed in reverse. */
final class LiveEngine implements Service.Engine {
    private static final Logger LOG = LoggerFactory.getLogger("notify");

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final String executorId;

    /** With the environment that processes and exporters are set up by. */
    LiveEngine(Map<String, String> environment, InstantSource clock, String executorId) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.executorId = executorId;
    }

    @Override
    public Healing open(Settings settings) throws StartFailure {
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            return open(settings, closing);
        } catch (JournalFailure e) {
            closing.forEach(Runnable::run);
            String cause = String.valueOf(e.getMessage());
            throw new StartFailure(cause.contains(settings.journal())
                    ? cause
                    : "the journal `" + settings.journal() + "` cannot be opened: " + cause, e.help());
        } catch (StartFailure | RuntimeException e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    private Healing open(Settings settings, Deque<Runnable> closing) throws StartFailure, JournalFailure {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        closing.push(threads::shutdownNow);
        SqliteJournal journal = SqliteJournal.open(Path.of(settings.journal()));
        closing.push(journal::close);
        LiveTimers timers = new LiveTimers(clock);
        closing.push(timers::close);
        LockService locks = locks(settings, journal, closing);
        ProcessSettings processes = ProcessSettings.of(environment, timers, threads);
        Drivers drivers = Drivers.of(new CommandDriver(processes),
                new AnsibleDriver(processes, runnerFolder(settings)));
        NetworkProber prober = new NetworkProber(threads);
        closing.push(prober::close);
        LoopPorts ports = new LoopPorts(timers, threads, new PriorityWorkers(settings.workers().max(), threads),
                drivers,
                journal, locks, new LogChannels(LOG::info), prober,
                new ExecutorSettings(executorId, OptionalLong.of(settings.execution().maxAgeMillis()), 30_000,
                        Optional.empty()));
        HealingLoop loop = new HealingLoop(LoopSettings.service(settings.execution().mode(),
                settings.execution().defaultMode(), settings.ingest().latenessMillis()).with(settings.guards()), ports);
        OtlpTraces.open(environment, LOG::warn).ifPresent(traces -> {
            closing.push(traces::close);
            Runnable _ = loop.subscribe(new TraceRecorder(clock, traces));
        });
        return new LoopHealing(loop, journal, () -> closing.forEach(Runnable::run));
    }

    private LockService locks(Settings settings, SqliteJournal journal, Deque<Runnable> closing)
            throws StartFailure, JournalFailure {
        Settings.Locks wanted = settings.locks();
        LockSettings lockSettings = (wanted.redis().isEmpty() && wanted.etcd().isEmpty()
                ? LockSettings.inProcess()
                : LockSettings.distributed(wanted.redis(), wanted.etcd())).withDegrade(switch (wanted.degrade()) {
                    case LOCAL -> LockSettings.Degrade.LOCAL;
                    case REFUSE -> LockSettings.Degrade.REFUSE;
                });
        List<String> problems = lockSettings.problems();
        if (!problems.isEmpty()) {
            throw new StartFailure("`locks`: " + String.join("; ", problems), "mend `locks` in the configuration");
        }
        ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("prunella-renewals").factory());
        closing.push(renewals::shutdownNow);
        LockService locks = Locks.open(lockSettings, journal.newestToken(), clock, renewals);
        closing.push(locks::close);
        return locks;
    }

    private static Path runnerFolder(Settings settings) {
        return Path.of(settings.journal()).toAbsolutePath().normalize().resolveSibling("prunella-observations")
                .resolveSibling("prunella-runs");
    }
}
