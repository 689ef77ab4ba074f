package io.prunella.executor.schedule;

import java.util.function.Consumer;

/** Places in which attempts run: bounded, given out by priority. Thread-safe when live. */
public interface Workers {

    /**
     * Calls a task as soon as a place is free: higher priority first, then by arrival. Negative priorities are
     * Prunella's own housekeeping.
     *
     * @param task may block; the place stays taken until it is given back, also after the task returned
     */
    void submit(long priority, Consumer<Place> task);

    /** A place that is taken. */
    interface Place {

        /** Lets the next one in; the second call does nothing. */
        void giveBack();
    }
}
