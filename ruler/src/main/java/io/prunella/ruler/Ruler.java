package io.prunella.ruler;

import io.prunella.compiler.rule.PackModel;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Judges all rules over a stream of observations, and decides which of their plans may run.
 *
 * <p>Single writer, not thread-safe, without a clock, threads or I/O: time is what the records and
 * {@link #advanceTo} say. Firings are handed over in the order of their decisions, from within the call that moved
 * the clock; the receiver may call {@link #watch} but must not offer or advance from there.
 */
public final class Ruler {

    public Ruler(RulerSettings settings, Consumer<Firing> firings) {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Puts rules in force, at the boundary of an instant. At the first load all are armed; later, rules with an equal
     * content hash keep everything, others act only after their condition was false once.
     */
    public ReloadReport load(List<PackModel> packs) {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Takes a record.
     *
     * @return false when it came too late and was dropped
     */
    public boolean offer(Observation observation) {
        throw new UnsupportedOperationException("being built");
    }

    /** The number of a series for {@link #sample}; it stays valid for this ruler's life. */
    public int series(String entity, String metric, Map<String, String> labels) {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * The fast door for samples: allocates nothing for one that changes nothing.
     *
     * @return false when it came too late and was dropped
     */
    public boolean sample(int series, long ts, double value) {
        throw new UnsupportedOperationException("being built");
    }

    /** Moves the clock without a record: everything due up to and including {@code epochMillis} fires. */
    public void advanceTo(long epochMillis) {
        throw new UnsupportedOperationException("being built");
    }

    /** The last instant decided; {@link Long#MIN_VALUE} before the first. */
    public long clock() {
        throw new UnsupportedOperationException("being built");
    }

    /** A live plan ended; its claims end with it, and a skipped one counts toward nothing. */
    public void ended(String traceId, HealResult result, long at) {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Watches a condition of a heal's rule: true as soon as it is, else what it is at the deadline, which is included.
     *
     * @param newerThan only samples after this count; a series that was valid then makes its comparison unknown until a
     *        newer sample comes
     * @param verdict told once, from within a call that moves the clock
     */
    public Watch watch(ConditionRef ref, HealOrder order, long newerThan, long deadline, Consumer<Truth> verdict) {
        throw new UnsupportedOperationException("being built");
    }

    /** What a condition of a heal's rule is at the last instant decided; unknown when that rule is gone. */
    public Truth now(ConditionRef ref, HealOrder order) {
        throw new UnsupportedOperationException("being built");
    }
}
