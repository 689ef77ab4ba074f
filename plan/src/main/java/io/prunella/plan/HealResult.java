package io.prunella.plan;

/** How a firing ended; every firing ends in exactly one (language section 3, Results). */
public enum HealResult {
    HEALED, UNVERIFIED, VERIFY_FAILED, ROLLED_BACK, ROLLBACK_FAILED, FAILED, TIMED_OUT, INTERRUPTED, EXPIRED, REJECTED, DRY_RUN, SUCCEEDED, SKIPPED_SUPPRESSED, SKIPPED_GUARD, SKIPPED_COOLDOWN, SKIPPED_LIMIT, SKIPPED_LOCKED, SKIPPED_BLIND, SKIPPED_PAUSED, SKIPPED_UNCHANGED;

    /** Whether nothing was started. */
    public boolean skipped() {
        return name().startsWith("SKIPPED_");
    }
}
