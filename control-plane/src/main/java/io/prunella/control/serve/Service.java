package io.prunella.control.serve;

import io.prunella.control.observations.Disk;
import io.prunella.control.observations.ObservationLines;
import io.prunella.control.observations.ObservationLog;
import io.prunella.control.serve.Startup.Stage;
import io.prunella.control.serve.Startup.State;
import io.prunella.control.settings.Settings;
import io.prunella.ruler.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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

    private final Startup startup;
    private final DataFolder data;
    private final ObservationLog log;
    private final Healing healing;
    private final EventBus bus;
    private final Metrics metrics;
    private final Web web;
    private final ScheduledExecutorService watching;

    /** The loop, given room for so many observations. */
    @FunctionalInterface
    interface Engine {
        Healing open(Settings settings, int inbox) throws StartFailure;
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

    private Service(Startup startup, DataFolder data, ObservationLog log, Healing healing, EventBus bus,
            Metrics metrics, Web web, ScheduledExecutorService watching) {
        this.startup = startup;
        this.data = data;
        this.log = log;
        this.healing = healing;
        this.bus = bus;
        this.metrics = metrics;
        this.web = web;
        this.watching = watching;
    }

    int port() {
        return web.port();
    }

    Startup startup() {
        return startup;
    }

    /** Starts everything, on the calling thread; when it returns, observations are taken. */
    static Service start(Settings settings, Ports ports) throws StartFailure {
        return new Assembly(settings, ports).start();
    }

    /** No new heals, answers finished, what was taken offered, then everything closed. */
    @Override
    public void close() {
        startup.stop();
        LOG.info("stopping: no new heals, {} in flight", healing.inFlight());
        watching.shutdownNow();
        healing.stop("shutdown");
        bus.close();
        web.close();
        log.close();
        healing.close();
        metrics.close();
        data.close();
    }
}
