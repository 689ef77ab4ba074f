package io.prunella.executor.lock;

import java.util.Optional;

/** A claim that is held, extended in the background until released or lost. Thread-safe. */
public interface Lease {

    String target();

    /** Handed to drivers; what they act upon refuses a token older than the newest it saw. */
    FencingToken token();

    /**
     * Whether the claim still holds, asked of the real store and not of memory: to be called before every attempt.
     * False also when the store does not answer and the claim may not go on without it; a later call may then be true
     * again. Once the store has said that the claim is gone, it stays false.
     */
    boolean valid();

    /**
     * Says since when and why the claim has been held by the local lock only, if that ever happened; it stays said, so
     * that the heal's result can report it.
     */
    Optional<String> degraded();

    /** Gives the target free; the second call does nothing. Best effort: what is not reached expires by itself. */
    void release();
}
