package io.prunella.executor.journal;

/** How a step ended, all its attempts counted. */
public enum StepResult {
    SUCCEEDED,
    /** Its check found the desired state before anything was done. */
    UNCHANGED,
    /** Its {@code if:} was not true. */
    SKIPPED, FAILED, TIMED_OUT,
    /** Nobody knows whether it took effect, or it was cancelled: a person decides. */
    INTERRUPTED;

    /** Whether the next step may follow whatever {@code on_failure} says. */
    public boolean good() {
        return switch (this) {
            case SUCCEEDED, UNCHANGED, SKIPPED -> true;
            case FAILED, TIMED_OUT, INTERRUPTED -> false;
        };
    }
}
