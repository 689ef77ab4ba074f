package io.prunella.executor.driver;

/** An attempt under way. Thread-safe. */
public interface RunningAttempt {

    /**
     * Asks for its end, at once; may be called more than once, and after the end. The outcome is still given exactly
     * once, and only when nothing of the attempt runs any more.
     */
    void cancel();
}
