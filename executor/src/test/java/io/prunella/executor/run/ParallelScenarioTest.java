package io.prunella.executor.run;

import static io.prunella.executor.run.Plans.action;
import static io.prunella.executor.run.Plans.execute;
import static io.prunella.executor.run.Plans.onFailure;
import static io.prunella.executor.run.Plans.onlyIf;
import static io.prunella.executor.run.Plans.plan;
import static io.prunella.executor.run.Plans.settings;
import static io.prunella.executor.run.Plans.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver.Play;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps that a plan runs at once. */
class ParallelScenarioTest {
    private static final Outcome DONE = new Outcome.Succeeded(Map.of());
    private static final Play BAD = Play.ends(new Outcome.Failed(FailureCode.ACTION_FAILED, "no luck"), 1_000);

    private final Rig rig = new Rig();

    private static Step parallel(Step... branches) {
        return new Step.Parallel(List.of(branches), settings("then[0]"));
    }

    private static HealOrder both(Step one, Step other) {
        return plan().then(parallel(one, other), execute("undrain"))
                .actions(action("left", true, "scripted"), action("right", false, "scripted")).order();
    }

    private static Step left() {
        return execute("left", settings("then[0].parallel[0]"));
    }

    private static Step right() {
        return execute("right", settings("then[0].parallel[1]"));
    }

    private List<String> acted() {
        return rig.attempts.stream().map(attempt -> attempt.action().name()).toList();
    }

    @Test
    void runsItsBranchesAtOnceAndGoesOnWhenTheLastHasEnded() {
        rig.plays("left", Play.ends(DONE, 40_000)).plays("right", Play.ends(DONE, 30_000));
        var end = rig.run(both(left(), right()));
        assertThat(end.result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(end.at()).isEqualTo(40_000);
        assertThat(acted()).containsExactly("left", "right", "undrain");
    }

    @Test
    void letsTheOtherBranchesEndWhenOneFailsAndThenStops() {
        rig.plays("left", BAD).plays("right", Play.ends(DONE, 30_000));
        var end = rig.run(both(left(), right()));
        assertThat(end.result()).isEqualTo(HealResult.FAILED);
        assertThat(end.at()).isEqualTo(30_000);
        assertThat(end.because()).containsEntry("step", "then[0]")
                .hasEntrySatisfying("failure", why -> assertThat(why).contains("then[0].parallel[0]", "no luck"));
        assertThat(acted()).containsExactly("left", "right");
    }

    @Test
    void passesOverABranchThatMayFail() {
        rig.plays("left", BAD);
        var end = rig.run(both(execute("left", onFailure("then[0].parallel[0]", Step.OnFailure.CONTINUE)), right()));
        assertThat(end.result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(end.because()).containsKey("passed over `then[0].parallel[0]`");
        assertThat(acted()).containsExactly("left", "right", "undrain");
    }

    @Test
    void isInterruptedWhenOneBranchIsUnknownWhateverElseFailed() {
        rig.plays("left", BAD).plays("right", Play.ends(new Outcome.Unknown("connection cut"), 2_000));
        assertThat(rig.run(both(left(), right())).result()).isEqualTo(HealResult.INTERRUPTED);
    }

    @Test
    void findsNothingToDoWhenEveryBranchFindsTheDesiredState() {
        rig.checks("left", new CheckAnswer.InDesiredState()).checks("right", new CheckAnswer.InDesiredState());
        var order = plan().then(parallel(left(), right()))
                .actions(action("left", true, "scripted"), action("right", true, "scripted")).order();
        assertThat(rig.run(order).result()).isEqualTo(HealResult.SKIPPED_UNCHANGED);
        assertThat(rig.attempts).isEmpty();
    }

    @Test
    void skipsABranchWhoseIfIsFalse() {
        rig.truths.put("up == 0", Truth.FALSE);
        rig.run(both(execute("left", onlyIf("then[0].parallel[0]", "up == 0")), right()));
        assertThat(acted()).containsExactly("right", "undrain");
    }

    @Test
    void cancelsEveryBranch() {
        rig.plays("left", Play.hangs());
        var order = both(left(), waiting("then[0].parallel[1]", 40_000));
        rig.timers.schedule(10_000, () -> rig.executor.cancel(order.traceId(), "ada"));
        var end = rig.run(order);
        assertThat(end.result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(end.at()).isEqualTo(10_000);
    }

    @Test
    void claimsWhatItsBranchesWorkOn() {
        rig.run(both(left(), right()));
        assertThat(rig.locks.released).containsExactly("node-1");
    }

    @Test
    void repeatsNoBranchThatHadEndedWhenAProcessDied() throws JournalFailure {
        var order = both(left(), right());
        rig.journal.append(new JournalEntry(order.traceId(), "", 0, new Fact.Submitted(order)));
        rig.journal.append(new JournalEntry(order.traceId(), "", 0,
                new Fact.StepEnded(Phase.THEN, "then[0].parallel[0]", StepResult.SUCCEEDED, "", Map.of())));
        var next = rig.restarted(60_000);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).extracting(attempt -> attempt.action().name()).containsExactly("right", "undrain");
    }

    @Test
    void repeatsNothingOfAParallelThatHadEnded() throws JournalFailure {
        var order = both(left(), right());
        rig.journal.append(new JournalEntry(order.traceId(), "", 0, new Fact.Submitted(order)));
        for (var step : List.of("then[0].parallel[0]", "then[0].parallel[1]", "then[0]")) {
            rig.journal.append(new JournalEntry(order.traceId(), "", 0,
                    new Fact.StepEnded(Phase.THEN, step, StepResult.SUCCEEDED, "", Map.of())));
        }
        var next = rig.restarted(60_000);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).extracting(attempt -> attempt.action().name()).containsExactly("undrain");
    }
}
