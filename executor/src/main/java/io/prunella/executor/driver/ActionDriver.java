package io.prunella.executor.driver;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A way to act on targets, such as {@code ansible}; every implementation passes {@code ActionDriverSuite}.
 * Thread-safe: attempts run beside each other. Problems are outcomes, never exceptions.
 */
public interface ActionDriver {

    /** As in {@code uses:}. */
    String name();

    /** Says without touching the target why the attempt cannot be made, if it cannot. May block briefly. */
    Optional<Outcome.Refused> prepare(Attempt attempt);

    /**
     * Ends whatever of this attempt still runs after the death of the process that began it. Blocks until it is ended;
     * does nothing if nothing runs, as is the case for drivers that start nothing on this machine.
     */
    void stopLeftover(Attempt attempt);

    /** Looks whether the target is already as the action would leave it. Blocks for {@code timeoutMillis} at most. */
    CheckAnswer check(Attempt attempt);

    /** Tells what the action would do. Blocks for {@code timeoutMillis} at most. */
    Preview preview(Attempt attempt);

    /**
     * Begins; returns without waiting for the end.
     *
     * @param output called in order, on any thread, never after {@code ended}
     * @param ended called exactly once, when nothing of the attempt runs any more; perhaps before this returns
     */
    RunningAttempt start(Attempt attempt, Consumer<OutputLine> output, Consumer<Outcome> ended);
}
