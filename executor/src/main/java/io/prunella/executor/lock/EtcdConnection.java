package io.prunella.executor.lock;

import io.etcd.jetcd.Client;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The client of one etcd cluster, with a time-out on every call. Thread-safe.
 *
 * <p>
 * After a long outage the client itself would wait up to two minutes before it tries to connect again; so one that
 * failed is replaced, at most every few seconds.
 */
final class EtcdConnection implements AutoCloseable {
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(3);

    private final LockSettings settings;
    private final InstantSource clock;
    private final Executor callers;
    private Client client;
    private Instant built;
    private int generation;
    private boolean doubted;

    EtcdConnection(LockSettings settings, InstantSource clock, Executor callers) {
        this.settings = settings;
        this.clock = clock;
        this.callers = callers;
        this.client = build(settings);
        this.built = clock.instant();
    }

    private static Client build(LockSettings settings) {
        return Client.builder().endpoints(settings.etcd().toArray(String[]::new))
                .connectTimeout(settings.etcdTimeout())
                // Calls to a dead server fail at once instead of being kept and run when nobody waits for them any more.
                .waitForReady(false).retryMaxAttempts(1).retryDelay(50).retryMaxDelay(100).build();
    }

    /** Makes a call; fails if it did not answer in time, in which case it may have run or may still run. */
    <T> CompletableFuture<T> call(Function<Client, CompletableFuture<T>> call) {
        var current = current();
        return CompletableFuture.completedFuture(current.client()).thenComposeAsync(call, callers)
                .orTimeout(settings.etcdTimeout().toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, failure) -> {
                    if (failure != null) {
                        doubt(current);
                    }
                });
    }

    private synchronized Current current() {
        if (doubted && !clock.instant().isBefore(built.plus(REPLACE_AFTER))) {
            callers.execute(client::close);
            client = build(settings);
            built = clock.instant();
            generation++;
            doubted = false;
        }
        return new Current(client, generation);
    }

    private synchronized void doubt(Current failed) {
        doubted |= failed.generation() == generation;
    }

    private record Current(Client client, int generation) {}

    List<NodeAnswer> ping() {
        return settings.etcd().stream().map(this::ping).toList().stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<NodeAnswer> ping(String endpoint) {
        return call(c -> c.getMaintenanceClient().statusMember(endpoint))
                .thenApply(s -> new NodeAnswer("etcd", endpoint, true,
                        s.getLeader() == 0
                                ? "version " + s.getVersion() + ", without leader"
                                : "version "
                                        + s.getVersion()))
                .exceptionally(e -> new NodeAnswer("etcd", endpoint, false, Causes.of(e)));
    }

    @Override
    public synchronized void close() {
        client.close();
    }
}
