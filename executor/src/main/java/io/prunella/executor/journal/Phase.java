package io.prunella.executor.journal;

/** The lists of steps of a plan. */
public enum Phase {
    THEN, AFTER, ROLLBACK, ESCALATE
}
