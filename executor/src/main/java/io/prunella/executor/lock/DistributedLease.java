package io.prunella.executor.lock;

import io.prunella.executor.lock.ClaimLife.Effect;
import io.prunella.executor.lock.ClaimLife.Event;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One claim on its way through the table, with what it has taken so far. Thread-safe. */
final class DistributedLease implements Lease {
    private final ClaimRequest request;
    private final Lease local;
    private final LockSettings settings;
    private final InstantSource clock;
    private final DistributedLocks.Rhythm rhythm;

    private final ClaimLife life = new ClaimLife();
    private final List<Future<?>> watches = new ArrayList<>();
    private RedlockDoor.@Nullable Pass pass;
    private EtcdClaims.@Nullable EtcdLease lease;
    private FencingToken token = FencingToken.NONE;
    private String silence = "etcd does not answer";
    private Optional<String> degraded = Optional.empty();

    DistributedLease(ClaimRequest request, Lease local, LockSettings settings, InstantSource clock,
            DistributedLocks.Rhythm rhythm) {
        this.request = request;
        this.local = local;
        this.settings = settings;
        this.clock = clock;
        this.rhythm = rhythm;
    }

    synchronized void behind(RedlockDoor.Pass taken) {
        pass = taken;
    }

    synchronized void heldBy(EtcdClaims.EtcdLease granted) {
        lease = granted;
        token = granted.token();
    }

    synchronized void heldLocally(FencingToken given, String cause) {
        token = given;
        silence = cause;
    }

    boolean destructive() {
        return request.destructive();
    }

    /** Moves the claim on and does what the table asks; what the stores are told is told outside the monitor. */
    void on(Event event) {
        List<Effect> effects;
        synchronized (this) {
            effects = life.on(event);
            effects.forEach(this::note);
        }
        effects.forEach(this::tell);
    }

    private void note(Effect effect) {
        switch (effect) {
            case NOTE_DEGRADED -> {
                if (degraded.isEmpty()) {
                    degraded = Optional
                            .of("held by the local lock only since " + clock.instant() + ", because " + silence);
                }
            }
            case WATCH -> {
                if (lease != null) {
                    watch(this::renew, rhythm.lease().toMillis());
                }
                if (pass != null) {
                    watch(this::keepDoor, rhythm.door().toMillis());
                }
            }
            case UNWATCH -> watches.forEach(w -> w.cancel(false));
            case REVOKE, FREE_DOOR, FREE_LOCAL -> {
            }
        }
    }

    private void tell(Effect effect) {
        switch (effect) {
            case REVOKE -> {
                var held = held();
                if (held != null) {
                    held.revoke();
                }
            }
            case FREE_DOOR -> {
                var inside = inside();
                if (inside != null) {
                    inside.free();
                }
            }
            case FREE_LOCAL -> local.release();
            case NOTE_DEGRADED, WATCH, UNWATCH -> {
            }
        }
    }

    private void watch(Runnable look, long everyMillis) {
        watches.add(rhythm.renewals().scheduleWithFixedDelay(look, everyMillis, everyMillis, TimeUnit.MILLISECONDS));
    }

    private synchronized EtcdClaims.@Nullable EtcdLease held() {
        return lease;
    }

    private synchronized RedlockDoor.@Nullable Pass inside() {
        return pass;
    }

    /** Begins to renew; never blocks the renewals' thread. */
    private void renew() {
        var held = held();
        if (held != null) {
            var _ = held.renew().thenCompose(standing -> {
                if (standing == Standing.OURS) {
                    mendDoor();
                }
                return judge(standing);
            }).thenAccept(this::on);
        }
    }

    private void mendDoor() {
        var inside = inside();
        if (inside != null) {
            var _ = inside.extend().thenAccept(door -> {
                if (door == Standing.GONE && holds()) {
                    inside.retake();
                }
            });
        }
    }

    private synchronized boolean holds() {
        return life.holds();
    }

    /** Begins to extend the door; a claim that never had a lease stands or falls with it. */
    private void keepDoor() {
        if (held() == null) {
            var _ = judge(Standing.SILENT).thenAccept(this::on);
        } else {
            var _ = extendDoor();
        }
    }

    /** Extends the door's quorum: {@code GONE} too if there is no door. */
    CompletableFuture<Standing> extendDoor() {
        var inside = inside();
        return inside == null ? CompletableFuture.completedFuture(Standing.GONE) : inside.extend();
    }

    private CompletableFuture<Event> judge(Standing etcd) {
        return switch (etcd) {
            case OURS -> CompletableFuture.completedFuture(Event.LEASE_OURS);
            case GONE -> CompletableFuture.completedFuture(Event.GONE);
            case SILENT -> extendDoor().thenApply(door -> Degradation
                    .forbidden(settings, request.destructive(), door == Standing.OURS).isPresent()
                            ? Event.SILENT
                            : Event.SILENT_TOLERATED);
        };
    }

    @Override
    public boolean valid() {
        var held = held();
        on((held == null ? CompletableFuture.completedFuture(Standing.SILENT) : held.check()).thenCompose(this::judge)
                .join());
        return holds();
    }

    @Override
    public String target() {
        return request.target();
    }

    @Override
    public synchronized FencingToken token() {
        return token;
    }

    @Override
    public synchronized Optional<String> degraded() {
        return degraded;
    }

    @Override
    public void release() {
        on(Event.RELEASE);
    }
}
