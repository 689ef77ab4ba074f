package io.prunella.executor.lock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Opens the lock service that the settings ask for. */
public final class Locks {

    private static final Duration GREETING = Duration.ofSeconds(5);

    private Locks() {}

    /** Claims that hold in this process only; for tests, simulations and a service without configuration. */
    public static LockService inProcess(FencingToken newest) {
        return new InProcessLocks(newest);
    }

    /**
     * Opens the service and greets every node, so that the first heal need not wait for connections; a node that does
     * not answer does not hinder opening.
     *
     * @param newest newest token that the journal knows of, {@link FencingToken#NONE} if none, so that tokens grow
     *     across restarts
     * @param clock for messages and for pacing reconnection
     * @param renewals a thread that does nothing else; it is never blocked, and stays the caller's to shut down
     * @throws IllegalArgumentException if {@link LockSettings#problems()} has any
     */
    public static LockService open(LockSettings settings, FencingToken newest, InstantSource clock,
            ScheduledExecutorService renewals) {
        var problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        if (settings.etcd().isEmpty()) {
            return inProcess(newest);
        }
        var callers = new Callers();
        var door = settings.redis().isEmpty()
                ? Optional.<RedlockDoor>empty()
                : Optional.of(new RedlockDoor(settings, callers, clock.instant().toString()));
        var etcd = new EtcdConnection(settings, clock, callers);
        var greetings = callers.call(etcd, e -> CompletableFuture.completedFuture(e.ping()), GREETING);
        door.ifPresent(RedlockDoor::ping);
        var _ = greetings.exceptionally(_ -> List.of()).join();
        return new DistributedLocks(settings,
                new LocksBackends(new InProcessLocks(newest), door, new EtcdClaims(etcd, settings.leaseTtl()), callers),
                clock, renewals, newest);
    }

    /** Asks every configured node whether it answers, in the order of the settings; empty for the in-process lock. */
    public static List<NodeAnswer> check(LockSettings settings, InstantSource clock) {
        var answers = new ArrayList<NodeAnswer>();
        try (var callers = new Callers()) {
            if (!settings.redis().isEmpty()) {
                try (var door = new RedlockDoor(settings, callers, "check")) {
                    answers.addAll(door.ping());
                }
            }
            if (!settings.etcd().isEmpty()) {
                try (var etcd = new EtcdConnection(settings, clock, callers)) {
                    answers.addAll(etcd.ping());
                }
            }
        }
        return List.copyOf(answers);
    }
}
