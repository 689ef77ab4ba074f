package io.prunella.control.serve;

import io.prunella.control.observations.Disk;
import io.prunella.control.observations.ObservationLines;
import io.prunella.control.observations.ObservationLog;
import io.prunella.control.serve.Startup.Stage;
import io.prunella.control.serve.Startup.State;
import io.prunella.control.settings.Settings;
import io.prunella.ruler.Observation;
import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running service: its parts, the order in which they start, and the reverse in which they stop. */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final int RING = 4_096;
    private static final int IDEMPOTENCY_WINDOW = 10_000;
    private static final int LISTENERS = 64;

    private final Opened opened;
    private final Ingest ingest;
    private final Web web;
    private final DecidedMarks marks;
    private final ScheduledExecutorService watching;

    /** What is open behind HTTP. */
    record Opened(Startup startup, DataFolder data, ObservationLog log, Healing healing, EventBus bus,
            Metrics metrics) implements AutoCloseable {
        @Override
        public void close() {
            bus.close();
            log.close();
            healing.close();
            metrics.close();
            data.close();
        }
    }

    /** Opens journal and loop. */
    @FunctionalInterface
    interface Engine {
        Healing open(Settings settings) throws StartFailure;
    }

    /**
     * What a start needs besides the configuration.
     *
     * @param largestBody in bytes
     * @param waitingBytes how much may wait for disk and loop
     * @param heartbeat between signs of life on a quiet stream
     * @param watchEvery between two looks at the packs
     */
    record Ports(Engine engine, PackReader packs, Disk disk, InstantSource clock, long largestBody, long waitingBytes,
            Duration heartbeat, Duration watchEvery, String logLevel) {

        /** In production. */
        static Ports live(Engine engine, PackReader packs, String logLevel) {
            return new Ports(engine, packs, Disk.real(), InstantSource.system(), 8L << 20, 32L << 20,
                    Duration.ofSeconds(15), Duration.ofMillis(500), logLevel);
        }
    }

    private Service(Opened opened, Ingest ingest, Web web, DecidedMarks marks, ScheduledExecutorService watching) {
        this.opened = opened;
        this.ingest = ingest;
        this.web = web;
        this.marks = marks;
        this.watching = watching;
    }

    int port() {
        return web.port();
    }

    boolean ready() {
        return opened.startup().ready();
    }

    /** Starts everything, on the calling thread; when it returns, observations are taken. */
    static Service start(Settings settings, Ports ports) throws StartFailure {
        Opened opened = open(settings, ports);
        Web web = null;
        try {
            Startup startup = opened.startup();
            BusFeed feed = new BusFeed(opened.bus());
            DecidedMarks marks = new DecidedMarks(opened.log(), opened.healing()::decided);
            Ingest ingest = ingest(ports, opened, settings.entities(), feed, marks);
            Replay replay = new Replay(opened, feed, marks);
            PackWatcher watcher = new PackWatcher(Path.of(settings.packs()), ports.packs(), opened.healing(),
                    change -> changed(change, feed, marks, ports.clock().millis()), ports.clock());
            TopologyFile topology = new TopologyFile(settings.topology(), opened.healing(), startup);
            ExplainController explain = new ExplainController(
                    () -> watcher.packs().stream().flatMap(pack -> pack.inForce().stream())
                            .map(PackWatcher.InForce::model).toList(),
                    opened.log()::segmentsSince,
                    at -> new SimulationSettings(OptionalLong.of(at), topology.current(),
                            Optional.of(settings.guards()), settings.entities()),
                    ports.clock());
            startup.is(Stage.HTTP, State.RUNNING, "");
            web = Web.start(settings.server().address(), settings.server().port(), ports.logLevel(),
                    new IngestController(startup, ingest, ports.largestBody()),
                    new HealsController(opened.healing(), ports.clock()), new PacksController(watcher::packs),
                    explain,
                    new StreamController(opened.bus(), ports.heartbeat(), LISTENERS), new HealthController(startup),
                    new MetricsController(opened.metrics()), new OpenApiController(), new Refusals(),
                    new LoopbackOnly(), new ProblemPages.InPlace());
            startup.is(Stage.HTTP, State.DONE, "port " + web.port());
            opened.metrics().watch(ingest);
            opened.metrics().watch(opened.healing());
            opened.metrics().watch(watcher::packs);
            replay.listen();
            topology.load();
            loadPacks(startup, watcher);
            startup.is(Stage.RECOVERY, State.RUNNING, "");
            startup.is(Stage.RECOVERY, State.DONE, replay.run(ports.clock().instant(), ingest));
            opened.log().start(Thread.ofPlatform().name("prunella-log")::unstarted);
            opened.healing().begin();
            return new Service(opened, ingest, web, marks,
                    watch(startup, watcher, topology, marks, ports.watchEvery()));
        } catch (StartFailure | RuntimeException e) {
            if (web != null) {
                web.close();
            }
            opened.close();
            throw e;
        }
    }

    private static Opened open(Settings settings, Ports ports) throws StartFailure {
        Startup startup = new Startup(ports.clock());
        Loopback.require(settings.server().address());
        DataFolder data = DataFolder.open(Path.of(settings.journal()));
        ObservationLog log = null;
        try {
            startup.is(Stage.OBSERVATION_LOG, State.RUNNING, "");
            ObservationLog.Settings plain = ObservationLog.Settings.in(data.observations());
            log = ObservationLog.open(new ObservationLog.Settings(plain.folder(), plain.keep(), plain.rotateAfter(),
                    plain.rotateBytes(), ports.waitingBytes()), ports.disk(), ports.clock());
            for (ObservationLog.Repair repair : log.repairs()) {
                LOG.warn("cut {} bytes of a torn line off the end of `{}`; nobody was promised them",
                        repair.cutBytes(), repair.file());
            }
            startup.is(Stage.OBSERVATION_LOG, State.DONE, "");
            startup.is(Stage.JOURNAL, State.RUNNING, "");
            Healing healing = ports.engine().open(settings);
            startup.is(Stage.JOURNAL, State.DONE, "");
            return new Opened(startup, data, log, healing, new EventBus(RING, ports.clock().millis() * 1_000),
                    new Metrics());
        } catch (IOException e) {
            data.close();
            throw new StartFailure(
                    "the observation log `" + data.observations() + "` cannot be opened: " + e.getMessage(),
                    "make the folder writable for the service");
        } catch (StartFailure e) {
            data.close();
            throw e;
        }
    }

    private static void changed(PackWatcher.Change change, BusFeed feed, DecidedMarks marks, long now) {
        if (change instanceof PackWatcher.Loaded) {
            marks.mark();
        }
        feed.changed(change, now);
    }

    private static Ingest ingest(Ports ports, Opened opened, EntityMapping entities, BusFeed feed,
            DecidedMarks marks) {
        String epoch = Long.toString(ports.clock().millis(), 36);
        AtomicLong number = new AtomicLong();
        Supplier<String> ids = () -> "in-" + epoch + "-" + number.incrementAndGet();
        return new Ingest(opened.log(), batch -> offer(batch, opened.healing(), feed),
                new Idempotency(IDEMPOTENCY_WINDOW), new ObservationLines(ids, entities), ports.clock(),
                marks);
    }

    private static boolean offer(List<Observation> batch, Healing healing, BusFeed feed) {
        if (!healing.offerAll(batch)) {
            return false;
        }
        for (Observation observation : batch) {
            if (observation instanceof Observation.EventSeen event) {
                feed.seen(event);
            }
        }
        return true;
    }

    private static void loadPacks(Startup startup, PackWatcher watcher) {
        startup.is(Stage.PACKS, State.RUNNING, "");
        watcher.loadAll();
        packs(startup, watcher);
    }

    private static void packs(Startup startup, PackWatcher watcher) {
        long refused = watcher.packs().stream().filter(p -> p.refused().isPresent()).count();
        if (!watcher.missing().isEmpty()) {
            startup.is(Stage.PACKS, State.DEGRADED, watcher.missing());
        } else if (refused > 0) {
            startup.is(Stage.PACKS, State.DEGRADED, refused + " refused, see `/api/v1/packs`");
        } else {
            startup.is(Stage.PACKS, State.DONE, watcher.packs().size() + " in force");
        }
    }

    private static ScheduledExecutorService watch(Startup startup, PackWatcher watcher, TopologyFile topology,
            DecidedMarks marks, Duration every) {
        ScheduledExecutorService watching = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("prunella-packs").factory());
        ScheduledFuture<?> _ = watching.scheduleWithFixedDelay(() -> {
            try {
                marks.step();
                topology.step();
                watcher.step();
                packs(startup, watcher);
            } catch (RuntimeException e) {
                // A bug in one look must not end all further looks.
                LOG.error("looking at the packs failed", e);
            }
        }, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        startup.is(Stage.WATCHING, State.DONE, "");
        return watching;
    }

    /** No new heals, answers finished, what was taken offered, then everything closed. */
    @Override
    public void close() {
        opened.startup().stop();
        LOG.info("stopping: no new heals, {} in flight", opened.healing().inFlight());
        watching.shutdownNow();
        opened.healing().stop("shutdown");
        opened.bus().close();
        web.close();
        ingest.stop();
        marks.mark();
        opened.close();
    }
}
