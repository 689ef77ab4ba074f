package io.prunella.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.run.StepMachine.Event;
import io.prunella.executor.run.StepRules.Standing;
import io.prunella.plan.Step.Backoff;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepRulesTest {
    private static final Outcome.Refused PASSING = new Outcome.Refused(FailureCode.UNREACHABLE, "");
    private static final Outcome.Refused LASTING = new Outcome.Refused(FailureCode.NOT_INSTALLED, "");
    private static final CheckAnswer THERE = new CheckAnswer.InDesiredState();
    private static final CheckAnswer NOT_THERE = new CheckAnswer.WouldChange(List.of());
    private static final CheckAnswer NO_ANSWER = new CheckAnswer.CannotTell("");

    private static Standing standing(boolean idempotent, int retries) {
        return new Standing(idempotent, retries, false, false, false);
    }

    @Test
    void triesAFailureAgainOnlyWhereThatMayHelpAndIsAllowed() {
        var failed = new Outcome.Failed(FailureCode.ACTION_FAILED, "");
        assertThat(StepRules.ended(failed, standing(false, 1))).isEqualTo(Event.FAILED_AGAIN);
        assertThat(StepRules.ended(failed, standing(true, 0))).isEqualTo(Event.FAILED);
        assertThat(StepRules.ended(new Outcome.Failed(FailureCode.BAD_ACTION, ""), standing(true, 1)))
                .isEqualTo(Event.FAILED);
        assertThat(StepRules.ended(new Outcome.Succeeded(Map.of()), standing(true, 1))).isEqualTo(Event.DONE);
    }

    @Test
    void triesARefusalByTheNextDriverFirst() {
        var more = new Standing(true, 1, true, false, false);
        assertThat(StepRules.ended(LASTING, more)).isEqualTo(Event.REFUSED_NEXT);
        assertThat(StepRules.ended(PASSING, standing(true, 1))).isEqualTo(Event.REFUSED_AGAIN);
        assertThat(StepRules.ended(PASSING, standing(true, 0))).isEqualTo(Event.REFUSED);
        assertThat(StepRules.ended(LASTING, standing(true, 1))).isEqualTo(Event.REFUSED);
        assertThat(StepRules.checked(new CheckAnswer.Refused(PASSING), more)).isEqualTo(Event.REFUSED_NEXT);
    }

    @Test
    void triesWhatNobodyKnowsAgainAtOnceOnlyIfThatDoesNoHarm() {
        for (var outcome : List.of(new Outcome.TimedOut(""), new Outcome.Unknown(""))) {
            assertThat(StepRules.ended(outcome, standing(true, 1))).isEqualTo(Event.UNSURE_AGAIN);
            assertThat(StepRules.ended(outcome, standing(true, 0))).isEqualTo(Event.UNSURE);
            assertThat(StepRules.ended(outcome, standing(false, 1))).isEqualTo(Event.UNSURE);
        }
    }

    @Test
    void tellsWhatWasThereFromWhatMayBeOurs() {
        assertThat(StepRules.checked(THERE, standing(true, 1))).isEqualTo(Event.ALREADY);
        assertThat(StepRules.checked(THERE, new Standing(true, 1, false, true, false))).isEqualTo(Event.TOOK_EFFECT);
        assertThat(StepRules.checked(NOT_THERE, standing(true, 1))).isEqualTo(Event.WANTED);
        assertThat(StepRules.checked(NO_ANSWER, standing(true, 1))).isEqualTo(Event.WANTED);
    }

    @Test
    void settlesByTheCheckElseByWhetherItMayBeRepeated() {
        assertThat(StepRules.settled(THERE, standing(false, 0))).isEqualTo(Event.TOOK_EFFECT);
        assertThat(StepRules.settled(NOT_THERE, standing(false, 1))).isEqualTo(Event.SETTLED_AGAIN);
        assertThat(StepRules.settled(NOT_THERE, standing(false, 0))).isEqualTo(Event.SETTLED_OUT);
        for (var answer : List.of(NO_ANSWER, new CheckAnswer.Refused(PASSING))) {
            assertThat(StepRules.settled(answer, standing(false, 5))).isEqualTo(Event.UNSETTLED);
            assertThat(StepRules.settled(answer, standing(true, 1))).isEqualTo(Event.SETTLED_AGAIN);
            assertThat(StepRules.settled(answer, standing(true, 0))).isEqualTo(Event.SETTLED_OUT);
        }
    }

    @Test
    void doesNotCountWhatACrashCutOffAmongTheAttempts() {
        assertThat(StepRules.settled(NOT_THERE, new Standing(false, 0, false, true, true)))
                .isEqualTo(Event.SETTLED_AGAIN);
        assertThat(StepRules.settled(NO_ANSWER, new Standing(true, 0, false, true, true)))
                .isEqualTo(Event.SETTLED_AGAIN);
    }

    @Test
    void knowsThatOnlyARefusalLeavesNothingBehind() {
        assertThat(StepRules.mayHaveActed(PASSING)).isFalse();
        assertThat(StepRules.mayHaveActed(new Outcome.TimedOut(""))).isTrue();
        assertThat(StepRules.mayHaveActed(new Outcome.Failed(FailureCode.ACTION_FAILED, ""))).isTrue();
    }

    @Test
    void growsPausesByTheirFactorUpToTheirMost() {
        var backoff = new Backoff(2_000, 2, 7_000);
        assertThat(List.of(1, 2, 3, 1_000)).extracting(n -> StepRules.pause(backoff, n)).containsExactly(2_000L, 4_000L,
                7_000L, 7_000L);
    }
}
