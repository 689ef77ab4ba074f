package io.prunella.executor.schedule;

import java.time.InstantSource;

/** Time and what is to happen at one: real in a service, virtual in tests and simulations. Thread-safe when real. */
public interface Timers extends InstantSource {

    /**
     * Calls a task once, not before {@code atMillis} (epoch milliseconds); one that is due already is called soon, never
     * inside this call. Tasks due at one instant are called in the order in which they were handed in. A task must not
     * block.
     */
    Timer schedule(long atMillis, Runnable task);

    /** A task that waits for its time. */
    interface Timer {

        /** Forgets the task if it was not called yet; may be called more than once. */
        void cancel();
    }
}
