package io.prunella.executor.lock;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
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
    private final Callers callers;
    private Client client;
    private Instant built;
    private int generation;
    private boolean doubted;
    private boolean closed;

    EtcdConnection(LockSettings settings, InstantSource clock, Callers callers) {
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
        var used = new AtomicReference<Current>();
        return callers.call(this, connection -> {
            var current = connection.current();
            used.set(current);
            return call.apply(current.client());
        }, settings.etcdTimeout()).whenComplete((_, failure) -> {
            // "Not found" is an answer.
            if (failure != null && !isNotFound(failure) && used.get() != null) {
                doubt(used.get());
            }
        });
    }

    static boolean isNotFound(Throwable failure) {
        return Causes.root(failure) instanceof EtcdException e && e.getErrorCode() == ErrorCode.NOT_FOUND;
    }

    private synchronized Current current() {
        if (!closed && doubted && !clock.instant().isBefore(built.plus(REPLACE_AFTER))) {
            client.close();
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
        closed = true;
        client.close();
    }
}
