package io.prunella.control.loop;

import io.prunella.executor.run.HealEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells how far this process has decided, and how far one before it had, so that a restart never acts on what was
 * decided before it. The ruler's owner calls; {@link #until} may be asked from anywhere.
 */
final class Decided {
    // Heals that the executor has and the journal may not have yet, with the time of their firing.
    private final Map<String, Long> handedOver = new HashMap<>();
    private volatile long until;
    private long before = Long.MIN_VALUE;

    /** Epoch milliseconds; 0 before anything was decided. */
    long until() {
        return until;
    }

    void upTo(long clock) {
        // Invariant: what is told to be decided is done or in the journal.
        long safe = handedOver.values().stream().mapToLong(firedAt -> firedAt - 1).min().orElse(Long.MAX_VALUE);
        until = Math.max(until, Math.min(clock, safe));
    }

    void handedOver(String traceId, long firedAt) {
        handedOver.put(traceId, firedAt);
    }

    void happened(HealEvent event) {
        // The executor's first word about a heal comes after the journal has it, or could not take it.
        handedOver.remove(event.traceId());
    }

    void before(long epochMillis) {
        before = epochMillis;
    }

    boolean wasBefore(long firedAt) {
        return firedAt <= before;
    }
}
