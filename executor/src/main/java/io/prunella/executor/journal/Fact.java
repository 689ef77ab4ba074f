package io.prunella.executor.journal;

import io.prunella.executor.driver.Outcome;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a row of the journal says; from its facts alone a heal can be taken up again. */
public sealed interface Fact {

    /** The first of every heal. */
    record Submitted(HealOrder order) implements Fact {}

    /** A process that was not there at the submission takes the heal up. */
    record Resumed() implements Fact {}

    /**
     * The target is claimed.
     *
     * @param token as in {@code FencingToken.value()}
     * @param degraded why the claim is held by the local lock only; empty if it is not
     */
    record Claimed(String target, long token, String degraded) implements Fact {}

    /** An attempt is about to be made: from here until its {@link AttemptEnded} its effect may be there. */
    record Intent(Phase phase, String step, int attempt, String doing, String driver, String target) implements Fact {}

    record AttemptEnded(Phase phase, String step, int attempt, Outcome outcome) implements Fact {}

    /** A {@code wait} has begun; both in epoch milliseconds. */
    record WaitBegan(Phase phase, String step, long newerThan, long until) implements Fact {}

    /** A step is over, all its attempts counted; {@code returned} is what {@code steps.<id>.<field>} may look up. */
    record StepEnded(Phase phase, String step, StepResult result, String because, Map<String, String> returned)
            implements
                Fact {
        public StepEnded {
            returned = Map.copyOf(returned);
        }
    }

    /** Both in epoch milliseconds. */
    record VerifyBegan(long newerThan, long deadline) implements Fact {}

    record VerifyEnded(Truth truth) implements Fact {}

    record CancelAsked(String by) implements Fact {}

    /** What the heal was started for is over, and no action of it had begun. */
    record Withdrawn(String why) implements Fact {}

    /** The last of every heal. */
    record Ended(HealResult result, Map<String, String> because) implements Fact {
        public Ended {
            because = Collections.unmodifiableMap(new LinkedHashMap<>(because));
        }
    }
}
