package io.prunella.control.serve;

import io.prunella.control.settings.Settings;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the service: what {@code prunella serve} calls.
 *
 * <p>
 * Without configuration it speaks to this machine only, as `server.address` and `server.port` say, executes nothing,
 * takes packs from {@code ./rule-packs}, and keeps its journal, and beside it the folder {@code prunella-observations},
 * in the working directory.
 */
public final class Serve {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);
    private static final Set<String> LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    private Serve() {}

    /**
     * Starts the service and returns when the process is told to end.
     *
     * @param environment of the process
     * @param logLevel {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
     * @param err hears, on one line, why the service cannot start
     * @return the exit code: 0 after a stop that was asked for, 1 when it could not start, 2 for a wrong log level
     */
    public static int run(Settings settings, Map<String, String> environment, String logLevel, PrintStream err)
            throws InterruptedException {
        String level = logLevel.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            err.println("prunella: unknown log level `" + logLevel + "` (use error, warn, info, debug or trace)");
            return 2;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Service.Ports ports = Service.Ports.live(
                new LiveEngine(environment, InstantSource.system(), "serve-" + ProcessHandle.current().pid()),
                new CompiledPacks(), level);
        Thread ending = Thread.ofPlatform().name("prunella-stop").unstarted(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            // A stop that was asked for is no failure; the virtual machine itself would end with 143.
            Runtime.getRuntime().halt(0);
        });
        try (Service service = Service.start(settings, ports)) {
            Runtime.getRuntime().addShutdownHook(ending);
            LOG.info("ready on http://{}:{}, mode {}, packs from `{}`, journal `{}`", settings.server().address(),
                    service.port(), settings.execution().mode().label(), settings.packs(), settings.journal());
            stop.await();
        } catch (StartFailure e) {
            err.println("prunella: " + e.line());
            return 1;
        } finally {
            stopped.countDown();
        }
        return 0;
    }
}
