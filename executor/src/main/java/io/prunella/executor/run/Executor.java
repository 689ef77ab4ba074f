package io.prunella.executor.run;

import io.prunella.executor.journal.JournalFailure;
import io.prunella.plan.HealOrder;

/** Runs the plans of heals to their end; the one door of this module. Thread-safe. */
public final class Executor {

    public Executor(ExecutorPorts ports, ExecutorSettings settings) {}

    /**
     * Takes a heal on and returns without waiting for its end; {@link HealEvent.Ended} tells it.
     *
     * @return false if a heal with this trace id was taken on before, so that nothing more was done
     */
    public boolean submit(HealOrder order) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes up every heal that a stopped process left unfinished; to be called before the first {@link #submit}.
     *
     * @return how many
     */
    public int recover() throws JournalFailure {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops a heal: what runs is cancelled, and it ends {@code INTERRUPTED}.
     *
     * @param by who asked, for journal and result
     * @return false if no such heal is under way
     */
    public boolean cancel(String traceId, String by) {
        throw new UnsupportedOperationException();
    }

    /** Heals not yet ended. */
    public int inFlight() {
        throw new UnsupportedOperationException();
    }
}
