package io.prunella.executor.journal;

import io.prunella.executor.lock.FencingToken;
import java.util.List;
import java.util.Optional;

/**
 * What the executor is about to do, and what came of it. Every implementation passes {@code JournalSuite}.
 * Thread-safe.
 */
public interface Journal extends AutoCloseable {

    /**
     * Writes one row; returns when it would survive the loss of power.
     *
     * @throws JournalFailure if that cannot be said of it
     */
    void append(JournalEntry entry) throws JournalFailure;

    /** Heals that were submitted and have no end, in the order of their submission. */
    List<HealHistory> unfinished() throws JournalFailure;

    Optional<HealHistory> find(String traceId) throws JournalFailure;

    /** The heals submitted last, newest first. */
    List<HealHistory> latest(int most) throws JournalFailure;

    /** The greatest token of any claim, from which the locks of a new process must go on. */
    FencingToken newestToken() throws JournalFailure;

    @Override
    void close();
}
