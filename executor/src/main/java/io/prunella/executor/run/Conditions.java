package io.prunella.executor.run;

import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Truth;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Asks the ruler whether a condition holds; the executor itself never judges one. Thread-safe when live. */
public interface Conditions {

    /** The truth of an {@code if:} at this moment, for the subject of the order. */
    Truth now(ConditionRef condition, HealOrder order);

    /**
     * Tells once what became of a condition: true as soon as it is, else false or unknown at the deadline.
     *
     * @param answer called exactly once unless the watch is cancelled, on any thread, perhaps before this returns
     */
    Watch watch(Request request, Consumer<Truth> answer);

    /**
     * What is to be watched.
     *
     * @param newerThan only samples after this instant count, epoch milliseconds
     * @param deadline the last instant at which it may become true, epoch milliseconds
     * @param everyMillis how often probes are asked, where the rule says so
     */
    record Request(ConditionRef condition, HealOrder order, long newerThan, long deadline, OptionalLong everyMillis) {}

    /** A condition that is being watched. */
    interface Watch {

        /** Stops asking; the answer is no longer wanted. */
        void cancel();
    }
}
