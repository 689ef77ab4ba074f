package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.executor.lock.ClaimHolder;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that happened to a heal. */
public sealed interface HealEvent {

    String traceId();

    /** Epoch milliseconds, of the executor's clock. */
    long at();

    /** The first event of every heal. */
    record Submitted(String traceId, long at, HealOrder order) implements HealEvent {}

    /** A heal that a stopped process left behind goes on; {@code how} says with what. */
    record Resumed(String traceId, long at, HealOrder order, String how) implements HealEvent {}

    /** The target is claimed; {@code token} is as in {@code FencingToken.value()}. */
    record Claimed(String traceId, long at, String target, long token) implements HealEvent {}

    /** Somebody else holds the target. */
    record ClaimHeld(String traceId, long at, ClaimHolder by) implements HealEvent {}

    /** One of the lists of steps begins; an empty list is not begun. */
    record PhaseStarted(String traceId, long at, Phase phase) implements HealEvent {}

    record PhaseEnded(String traceId, long at, Phase phase, boolean good) implements HealEvent {}

    /** What the look before an attempt said. */
    record Checked(String traceId, long at, String actionId, String step, CheckAnswer answer) implements HealEvent {}

    /**
     * An effect begins; its intent is on disk.
     *
     * @param doing the action's name, or {@code notify} with the channel
     * @param driver or the channel's kind
     * @param attempt from 1
     */
    record AttemptStarted(String traceId, long at, String actionId, Phase phase, String step, String doing,
            String driver, String target, int attempt) implements HealEvent {}

    record Output(String traceId, long at, String actionId, String step, OutputLine line) implements HealEvent {}

    record AttemptEnded(String traceId, long at, String actionId, Phase phase, String step, Outcome outcome)
            implements
                HealEvent {}

    /** A {@code wait} begins, to end at {@code until} at the latest. */
    record WaitStarted(String traceId, long at, String step, long until) implements HealEvent {}

    record StepEnded(String traceId, long at, Phase phase, String step, StepResult result, String because)
            implements
                HealEvent {}

    record VerifyStarted(String traceId, long at, ConditionRef condition, long deadline) implements HealEvent {}

    record VerifyEnded(String traceId, long at, Truth truth) implements HealEvent {}

    /** The last event of every heal. */
    record Ended(String traceId, long at, HealResult result, Map<String, String> because) implements HealEvent {
        public Ended {
            because = Collections.unmodifiableMap(new LinkedHashMap<>(because));
        }
    }
}
