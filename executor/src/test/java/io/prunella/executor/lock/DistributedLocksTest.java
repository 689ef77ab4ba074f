package io.prunella.executor.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Two instances over five real Redis servers and a real etcd. */
class DistributedLocksTest extends LockServiceSuite {
    @TempDir
    static Path folder;
    private static RealServers servers;
    private static ScheduledExecutorService renewals;
    private static List<LockService> instances;

    @BeforeAll
    static void start() {
        servers = new RealServers(folder);
        renewals = Executors.newSingleThreadScheduledExecutor();
        var settings = LockSettings.distributed(servers.redis(5).stream().map(RealServers.Server::url).toList(),
                List.of(servers.etcd().url()));
        instances = List.of(Locks.open(settings, FencingToken.NONE, InstantSource.system(), renewals),
                Locks.open(settings, FencingToken.NONE, InstantSource.system(), renewals));
    }

    @AfterAll
    static void stop() {
        if (instances != null) {
            instances.forEach(LockService::close);
        }
        renewals.shutdownNow();
        servers.close();
    }

    @Override
    LockService first() {
        return instances.getFirst();
    }

    @Override
    LockService second() {
        return instances.getLast();
    }
}
