package io.prunella.executor.lock;

import io.prunella.executor.lock.ClaimLife.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Claims that hold across instances: the local lock, then the Redlock door, then the etcd lease, which alone holds the
 * claim. What happens when one of them is not there is the table of {@link ClaimLife}. Thread-safe.
 */
final class DistributedLocks implements LockService {
    private final LockSettings settings;
    private final LocksBackends backends;
    private final InstantSource clock;
    private final ScheduledExecutorService renewals;
    private final FencingToken known;
    private final AtomicReference<FencingToken> newest;

    /**
     * @param newest token that was ever given out, as the journal knows it
     */
    DistributedLocks(LockSettings settings, LocksBackends backends, InstantSource clock,
            ScheduledExecutorService renewals, FencingToken newest) {
        this.settings = settings;
        this.backends = backends;
        this.clock = clock;
        this.renewals = renewals;
        this.known = newest;
        this.newest = new AtomicReference<>(newest);
    }

    @Override
    public LockAnswer claim(ClaimRequest request) {
        return switch (backends.local().claim(request)) {
            case LockAnswer.Granted(var local) -> {
                var claim = new DistributedLease(request, local, settings, clock, new Rhythm(renewals, settings));
                claim.on(Event.LOCAL_TAKEN);
                yield door(claim, request);
            }
            case LockAnswer.Held held -> held;
            case LockAnswer.Unavailable unavailable -> unavailable;
        };
    }

    private LockAnswer door(DistributedLease claim, ClaimRequest request) {
        var door = backends.door();
        if (door.isEmpty()) {
            claim.on(Event.DOOR_PASSED);
            return lease(claim, request);
        }
        return switch (door.get().ask(request)) {
            case RedlockDoor.Answer.Passed(var pass) -> {
                claim.behind(pass);
                claim.on(Event.DOOR_PASSED);
                yield lease(claim, request);
            }
            case RedlockDoor.Answer.Held(var by) -> {
                claim.on(Event.DOOR_HELD);
                yield new LockAnswer.Held(by);
            }
            case RedlockDoor.Answer.NoQuorum(var cause) -> {
                if (settings.instances() == 1) {
                    // There is nobody whom the door could keep out.
                    claim.on(Event.DOOR_PASSED);
                    yield lease(claim, request);
                }
                claim.on(Event.NO_QUORUM);
                yield new LockAnswer.Unavailable(cause);
            }
        };
    }

    private LockAnswer lease(DistributedLease claim, ClaimRequest request) {
        return switch (backends.etcd().claim(request)) {
            case EtcdClaims.Answer.Granted(var lease) when lease.token().compareTo(known) <= 0 -> {
                // Whoever checks tokens would refuse it as an old one, step by step and far from the cause.
                lease.revoke();
                claim.on(Event.SILENT);
                yield new LockAnswer.Unavailable("etcd is at revision " + lease.token()
                        + ", but the journal knows the newer token " + known
                        + "; was etcd emptied or restored from an older backup?");
            }
            case EtcdClaims.Answer.Granted(var lease) -> {
                backends.door().ifPresent(d -> d.remember(lease.token()));
                newest.accumulateAndGet(lease.token(), FencingToken::newer);
                claim.heldBy(lease);
                claim.on(Event.LEASE_OURS);
                yield new LockAnswer.Granted(claim);
            }
            case EtcdClaims.Answer.Held(var by) -> {
                claim.on(Event.LEASE_HELD);
                yield new LockAnswer.Held(by);
            }
            case EtcdClaims.Answer.Silent(var cause) -> without(claim, cause);
        };
    }

    private LockAnswer without(DistributedLease claim, String cause) {
        boolean doorHeld = claim.extendDoor().join() == Standing.OURS;
        var forbidden = Degradation.forbidden(settings, claim.destructive(), doorHeld);
        var token = forbidden.isPresent() ? Optional.<FencingToken>empty() : degradedToken(doorHeld);
        if (token.isEmpty()) {
            claim.on(Event.SILENT);
            return new LockAnswer.Unavailable(
                    cause + "; " + forbidden.orElse("the quorum of `locks.redis` was lost while the token was made"));
        }
        claim.heldLocally(token.get(), cause);
        claim.on(Event.SILENT_TOLERATED);
        return new LockAnswer.Granted(claim);
    }

    private Optional<FencingToken> degradedToken(boolean doorHeld) {
        if (doorHeld) {
            return backends.door().flatMap(d -> d.nextToken(newest.get()))
                    .map(token -> newest.accumulateAndGet(token, FencingToken::newer));
        }
        // Only with one instance: nobody else gives out tokens.
        return Optional.of(newest.updateAndGet(FencingToken::next));
    }

    @Override
    public void close() {
        backends.close();
    }

    /** When to renew, extend and watch a claim. */
    record Rhythm(ScheduledExecutorService renewals, Duration lease, Duration door) {
        Rhythm(ScheduledExecutorService renewals, LockSettings settings) {
            this(renewals, settings.leaseTtl().dividedBy(3), settings.doorTtl().dividedBy(3));
        }
    }
}
