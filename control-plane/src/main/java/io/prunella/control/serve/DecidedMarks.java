package io.prunella.control.serve;

import io.prunella.control.observations.ObservationLines;
import io.prunella.control.observations.ObservationLog;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Keeps in the observation log how far the service has decided, so that the next start does not decide it anew under
 * rules that came later. Thread-safe.
 */
final class DecidedMarks {
    /** Rules with a hold fire between records: a quiet log is marked too. */
    private static final long QUIET_MILLIS = 10_000;

    private final ObservationLog log;
    private final LongSupplier decided;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long told;
    private long newest;

    /** @param decided the instant up to which the loop has decided, epoch milliseconds */
    DecidedMarks(ObservationLog log, LongSupplier decided) {
        this.log = log;
        this.decided = decided;
    }

    /** Epoch milliseconds. */
    long decided() {
        return decided.getAsLong();
    }

    /** The log holds a mark, and observations up to a time. */
    synchronized void logged(long mark, long observation) {
        told = Math.max(told, mark);
        newest = Math.max(newest, observation);
    }

    /** To be called again and again: marks as soon as the newest observation is decided, and rarely after that. */
    synchronized void step() {
        long now = decided.getAsLong();
        boolean caughtUp = newest > told && now >= newest;
        if (caughtUp || now - told >= QUIET_MILLIS) {
            mark(now);
        }
    }

    /** Rules have changed, or the service ends. */
    synchronized void mark() {
        mark(decided.getAsLong());
    }

    private void mark(long now) {
        // A log without observations has nothing to replay, and a disk that is stuck gets no second line.
        if (newest == 0 || now <= told || !writing.isDone()) {
            return;
        }
        String tick = ObservationLines.tick(now, Optional.empty()) + "\n";
        writing = log.note(tick.getBytes(StandardCharsets.UTF_8)).thenRun(() -> logged(now, 0));
    }
}
