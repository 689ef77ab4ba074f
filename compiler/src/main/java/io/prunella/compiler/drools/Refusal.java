package io.prunella.compiler.drools;

/** Why a firing is skipped, in the order in which one of several is given. */
public enum Refusal {
    SUPPRESSED, GUARD, COOLDOWN, LIMIT, LOCK
}
