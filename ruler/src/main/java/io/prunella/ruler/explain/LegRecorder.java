package io.prunella.ruler.explain;

import io.prunella.plan.Truth;

/** Hears of every comparison that is judged: for coverage. A ruler that has none does not pay for it. */
@FunctionalInterface
public interface LegRecorder {

    /**
     * A comparison was judged.
     *
     * @param leg names it within its rule, as {@link Branch.Leg#id} does
     */
    void judged(String pack, String rule, String leg, Truth truth);
}
