package io.prunella.ruler;

import io.prunella.plan.HealResult;

/** The line that a firing is printed as; the same firing always gives the same text. */
public final class FiringJson {
    private FiringJson() {}

    /** What a simulation prints: the result is that of a dry run unless the firing was skipped. */
    public static String write(Firing firing, boolean becauseFull) {
        return write(firing, firing.skipped().orElse(HealResult.DRY_RUN), becauseFull);
    }

    /** The short form. */
    public static String write(Firing firing) {
        return write(firing, false);
    }

    /** What a run prints once the heal's result is known. */
    public static String write(Firing firing, HealResult result, boolean becauseFull) {
        throw new UnsupportedOperationException("being built");
    }
}
