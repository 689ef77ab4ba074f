package io.prunella.executor.run;

import static io.prunella.executor.run.Plans.action;
import static io.prunella.executor.run.Plans.execute;
import static io.prunella.executor.run.Plans.lookup;
import static io.prunella.executor.run.Plans.notifyOncall;
import static io.prunella.executor.run.Plans.onFailure;
import static io.prunella.executor.run.Plans.onlyIf;
import static io.prunella.executor.run.Plans.plan;
import static io.prunella.executor.run.Plans.retry;
import static io.prunella.executor.run.Plans.settings;
import static io.prunella.executor.run.Plans.template;
import static io.prunella.executor.run.Plans.text;
import static io.prunella.executor.run.Plans.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver;
import io.prunella.executor.driver.ScriptedDriver.Play;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.executor.lock.ClaimHolder;
import io.prunella.executor.notify.Message;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.plan.ChannelSpec;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heals on a virtual clock; together they walk every row of every table. */
class HealScenarioTest {
    private static final Play OK = Play.ends(new Outcome.Succeeded(Map.of()), 0);
    private static final Play BAD = Play.ends(new Outcome.Failed(FailureCode.ACTION_FAILED, "no luck"), 0);
    private static final Play UNREACHABLE = Play.ends(new Outcome.Refused(FailureCode.UNREACHABLE, "no route"), 0);
    private static final Play LOST = Play.ends(new Outcome.Unknown("connection cut"), 0);
    private static final CheckAnswer THERE = new CheckAnswer.InDesiredState();
    private static final CheckAnswer NOT_THERE = new CheckAnswer.WouldChange(List.of("boot"));
    private static int run;

    private final Rig rig = new Rig();

    @BeforeEach
    void count() {
        run++;
    }

    @AfterAll
    static void everyRowOfEveryTableIsWalked() {
        long tests = Arrays.stream(HealScenarioTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class)).count();
        if (run < tests) {
            return;
        }
        var rows = new ArrayList<Table.Row<?, ?, ?>>();
        Stream.of(HealMachine.TABLE, SequenceMachine.TABLE, StepMachine.TABLE, CompensationMachine.TABLE)
                .forEach(table -> rows.addAll(table.rows()));
        rows.removeAll(Rig.WALKED);
        assertThat(rows).as("rows that no scenario walks").isEmpty();
    }

    private static Plans reboot(Step.StepSettings settings) {
        return plan().then(execute("reboot", settings)).actions(action("reboot", true, "scripted"))
                .escalate(notifyOncall("escalate[0]",
                        template(lookup("rule"), text(" could not heal "), lookup("entity"), text(": "),
                                lookup("result"), text(" "), lookup("event", "nowhere"))));
    }

    private static Plans once(Step.StepSettings settings) {
        var plan = reboot(settings);
        plan.actions.clear();
        return plan.actions(action("reboot", false, "scripted"));
    }

    private void healed(HealEvent.Ended end, HealResult result) {
        assertThat(end.result()).as(rig.events.toString()).isEqualTo(result);
        assertThat(rig.executor.inFlight()).isZero();
    }

    @Test
    void healsAtTheInstantAtWhichVerifyComesTrueAndThenRunsAfter() {
        rig.trueAt.put("up == 1", 100_000L);
        rig.plays("reboot", Play.ends(new Outcome.Succeeded(Map.of()), 40_000));
        var end = rig.run(reboot(settings("then[0]")).verify("up == 1", 300_000).after(execute("undrain")).order());
        healed(end, HealResult.HEALED);
        assertThat(end.at()).isEqualTo(100_000);
        assertThat(rig.attempts).extracting(a -> a.action().name()).containsExactly("reboot", "undrain");
        assertThat(rig.messages).isEmpty();
        assertThat(rig.locks.released).containsExactly("node-1");
        assertThat(rig.events(HealEvent.VerifyStarted.class)).singleElement()
                .satisfies(v -> assertThat(v.deadline()).isEqualTo(340_000));
    }

    @Test
    void withoutVerifyAPlanSucceedsAfterAfter() {
        var end = rig.run(plan().then(execute("reboot")).after(execute("undrain")).order());
        healed(end, HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(2);
    }

    @Test
    void triesATimedOutIdempotentActionAgainAfterItsBackoff() {
        rig.plays("reboot", Play.hangs(), OK);
        var end = rig.run(reboot(retry("then[0]", 2)).order());
        healed(end, HealResult.SUCCEEDED);
        assertThat(end.at()).as("45s of timeout, 2s of backoff").isEqualTo(47_000);
        assertThat(rig.events(HealEvent.AttemptEnded.class)).first()
                .satisfies(e -> assertThat(e.outcome()).isEqualTo(new Outcome.TimedOut("no end within 45s")));
    }

    @Test
    void givesUpAfterTheLastRetryAndEscalates() {
        rig.plays("reboot", Play.hangs(), Play.hangs(), Play.hangs());
        var end = rig.run(reboot(retry("then[0]", 2)).order());
        healed(end, HealResult.TIMED_OUT);
        assertThat(end.at()).isEqualTo(3 * 45_000 + 2_000 + 4_000);
        assertThat(rig.messages).extracting(Message::text)
                .containsExactly("reboot_unreachable_node could not heal node-1: TIMED_OUT {{ event.nowhere }}");
    }

    @Test
    void callsItInterruptedWhenNobodyKnowsWhetherAnActionTookEffectThatMustNotBeRepeated() {
        rig.plays("reboot", Play.hangs());
        var end = rig.run(once(retry("then[0]", 5)).rollback(execute("undo")).order());
        healed(end, HealResult.INTERRUPTED);
        assertThat(rig.attempts).as("neither repeated nor undone").hasSize(1);
        assertThat(rig.messages).hasSize(1);
        assertThat(end.because()).containsEntry("step", "then[0]");
    }

    @Test
    void triesAnActionThatMustNotBeRepeatedAgainWhereItsCheckFindsNoEffect() {
        rig.plays("reboot", Play.hangs(), OK).checks("reboot", NOT_THERE, NOT_THERE, NOT_THERE);
        healed(rig.run(once(retry("then[0]", 1)).order()), HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(2);
    }

    @Test
    void endsTimedOutWhereTheCheckFindsNoEffectAndNoRetryIsLeft() {
        rig.plays("reboot", Play.hangs()).checks("reboot", NOT_THERE, NOT_THERE);
        healed(rig.run(once(settings("then[0]")).order()), HealResult.TIMED_OUT);
    }

    @Test
    void succeedsWhereTheCheckFindsTheEffectOfAnAttemptThatTimedOut() {
        rig.plays("reboot", LOST).checks("reboot", NOT_THERE, THERE);
        healed(rig.run(once(settings("then[0]")).order()), HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(1);
    }

    @Test
    void succeedsWhereTheLookBeforeARetryFindsTheEffect() {
        rig.plays("reboot", LOST).checks("reboot", NOT_THERE, THERE);
        healed(rig.run(reboot(retry("then[0]", 1)).order()), HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(1);
    }

    @Test
    void skipsAPlanThatFindsEverythingAsItShouldBe() {
        rig.checks("reboot", THERE);
        rig.truths.put("up == 1", Truth.FALSE);
        var end = rig.run(reboot(settings("then[0]")).then(waiting("then[1]", 5_000)).verify("up == 1", 1_000).order());
        healed(end, HealResult.SKIPPED_UNCHANGED);
        assertThat(rig.attempts).isEmpty();
        assertThat(rig.messages).isEmpty();
    }

    @Test
    void isNoSkipWhenAnotherStepDidSomething() {
        rig.checks("reboot", THERE);
        healed(rig.run(reboot(settings("then[0]")).then(execute("clean")).order()), HealResult.SUCCEEDED);
    }

    @Test
    void triesAFailedActionAgainAndThenRollsBack() {
        rig.plays("reboot", BAD, BAD);
        var end = rig.run(reboot(retry("then[0]", 1)).rollback(execute("undo")).order());
        healed(end, HealResult.ROLLED_BACK);
        assertThat(rig.attempts).extracting(a -> a.action().name()).containsExactly("reboot", "reboot", "undo");
        assertThat(end.because()).containsEntry("first", "FAILED").containsEntry("failure", "HF201 no luck");
        assertThat(rig.messages).extracting(Message::result).containsExactly(Optional.of("ROLLED_BACK"));
    }

    @Test
    void saysWhenItCouldNotRollBack() {
        rig.plays("reboot", BAD).plays("undo", BAD);
        var end = rig.run(reboot(settings("then[0]")).rollback(execute("undo"), execute("undo2")).order());
        healed(end, HealResult.ROLLBACK_FAILED);
        assertThat(rig.attempts).hasSize(2);
        assertThat(end.because()).containsEntry("rollback", "`undo`: HF201 no luck");
    }

    @Test
    void saysWhenNobodyKnowsWhetherItRolledBack() {
        rig.plays("reboot", BAD).plays("undo", Play.hangs());
        healed(rig.run(reboot(settings("then[0]")).rollback(execute("undo")).actions(action("undo", false, "scripted"))
                .order()), HealResult.ROLLBACK_FAILED);
    }

    @Test
    void endsFailedWhereThereIsNoRollback() {
        rig.plays("reboot", BAD);
        var end = rig.run(reboot(settings("then[0]")).order());
        healed(end, HealResult.FAILED);
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void goesOnAfterAFailureWhereTheStepSaysSoAndTellsOfIt() {
        rig.plays("drain", BAD);
        var end = rig
                .run(plan().then(execute("drain", onFailure("then[0]", Step.OnFailure.CONTINUE)), execute("reboot"))
                        .order());
        healed(end, HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(2);
        assertThat(end.because()).containsEntry("passed over `then[0]`", "HF201 no luck");
    }

    @Test
    void failsVerifyAtTheDeadlineAndRollsBackWithTheFirstResultInBecause() {
        var end = rig.run(reboot(settings("then[0]")).verify("up == 1", 300_000).rollback(execute("undo")).order());
        healed(end, HealResult.ROLLED_BACK);
        assertThat(end.at()).isEqualTo(300_000);
        assertThat(end.because()).containsEntry("first", "VERIFY_FAILED");
    }

    @Test
    void neverRollsBackWhatCannotBeVerified() {
        rig.truths.put("up == 1", Truth.UNKNOWN);
        var end = rig.run(reboot(settings("then[0]")).verify("up == 1", 300_000).rollback(execute("undo")).order());
        healed(end, HealResult.UNVERIFIED);
        assertThat(rig.attempts).hasSize(1);
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void tellsWhenTheHealIsProvedButAfterFailed() {
        rig.plays("undrain", BAD);
        rig.trueAt.put("up == 1", 1_000L);
        var end = rig.run(reboot(settings("then[0]")).verify("up == 1", 5_000).after(execute("undrain"))
                .rollback(execute("undo")).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("first", "HEALED");
        assertThat(rig.attempts).as("no rollback").hasSize(2);
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void tellsWhenNobodyKnowsWhetherAfterIsDone() {
        rig.plays("undrain", LOST);
        healed(rig
                .run(reboot(settings("then[0]")).after(execute("undrain")).actions(action("undrain", false, "scripted"))
                        .order()),
                HealResult.INTERRUPTED);
    }

    @Test
    void skipsAStepWhoseConditionIsFalse() {
        rig.truths.put("drained == 0", Truth.FALSE);
        var end = rig.run(reboot(onlyIf("then[0]", "drained == 0")).then(execute("clean", onlyIf("then[1]", "true")))
                .order());
        healed(end, HealResult.SUCCEEDED);
        assertThat(rig.attempts).extracting(a -> a.action().name()).containsExactly("clean");
        assertThat(rig.messages).isEmpty();
    }

    @Test
    void skipsAStepWhoseConditionIsUnknownAndEscalatesAllTheSame() {
        rig.truths.put("drained == 0", Truth.UNKNOWN);
        var end = rig.run(reboot(onlyIf("then[0]", "drained == 0")).then(execute("clean")).order());
        healed(end, HealResult.SUCCEEDED);
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void fallsBackToTheNextDriverOnlyWhenTheFirstCertainlyDidNothing() {
        var drivers = new ArrayList<String>();
        rig.drivers = Optional.of(name -> Optional.of(new ScriptedDriver(rig.timers, _ -> {
            drivers.add(name);
            return name.equals("ansible") ? UNREACHABLE : OK;
        })));
        healed(rig.run(plan().then(execute("reboot")).actions(action("reboot", true, "ansible", "ipmi")).order()),
                HealResult.SUCCEEDED);
        assertThat(drivers).containsExactly("ansible", "ipmi");
    }

    @Test
    void doesNotFallBackWhenTheFirstDriverFailed() {
        var drivers = new ArrayList<String>();
        rig.drivers = Optional.of(name -> Optional.of(new ScriptedDriver(rig.timers, _ -> {
            drivers.add(name);
            return BAD;
        })));
        healed(rig.run(plan().then(execute("reboot")).actions(action("reboot", true, "ansible", "ipmi")).order()),
                HealResult.FAILED);
        assertThat(drivers).containsExactly("ansible");
    }

    @Test
    void passesOverADriverThatIsNotThere() {
        var scripted = new ScriptedDriver(rig.timers, _ -> OK);
        rig.drivers = Optional.of(name -> name.equals("ipmi") ? Optional.of(scripted) : Optional.empty());
        healed(rig.run(plan().then(execute("reboot")).actions(action("reboot", true, "ansible", "ipmi")).order()),
                HealResult.SUCCEEDED);
    }

    @Test
    void doesNotTryAgainWhatThePackHasWrong() {
        rig.drivers = Optional.of(Drivers.of());
        var end = rig.run(plan().then(execute("reboot", retry("then[0]", 3))).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("failure", "HF102 no action named `reboot` is declared");
        assertThat(end.at()).isZero();
    }

    @Test
    void triesATargetAgainThatCouldNotBeReached() {
        rig.plays("reboot", UNREACHABLE, OK);
        healed(rig.run(reboot(retry("then[0]", 1)).order()), HealResult.SUCCEEDED);
        assertThat(rig.timers.millis()).isEqualTo(2_000);
    }

    @Test
    void givesUpOnATargetThatCannotBeReached() {
        rig.plays("reboot", UNREACHABLE);
        healed(rig.run(reboot(settings("then[0]")).order()), HealResult.FAILED);
    }

    @Test
    void triesACheckAgainThatCouldNotReachTheTarget() {
        rig.checks("reboot", new CheckAnswer.Refused(new Outcome.Refused(FailureCode.UNREACHABLE, "no route")));
        healed(rig.run(reboot(retry("then[0]", 1)).order()), HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(1);
    }

    @Test
    void leavesATargetAloneThatSomebodyElseHolds() {
        rig.locks.others.put("node-1", new ClaimHolder("node-1", "f".repeat(32), "other", "exec-2", "d"));
        var end = rig.run(reboot(settings("then[0]")).order());
        healed(end, HealResult.SKIPPED_LOCKED);
        assertThat(end.because().get("lock")).contains("other").contains("exec-2");
        assertThat(rig.attempts).isEmpty();
        assertThat(rig.messages).isEmpty();
    }

    @Test
    void failsAndEscalatesWhenTheLocksDoNotAnswer() {
        rig.locks.unavailable = Optional.of("3 of 5 nodes do not answer");
        var end = rig.run(reboot(settings("then[0]")).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("failure", "HF301 3 of 5 nodes do not answer");
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void stopsBeforeAnAttemptWhenItsClaimIsLost() {
        rig.plays("reboot", BAD);
        rig.timers.schedule(1_000, () -> rig.locks.lost.add("node-1"));
        var end = rig.run(reboot(retry("then[0]", 1)).order());
        healed(end, HealResult.INTERRUPTED);
        assertThat(rig.attempts).hasSize(1);
        assertThat(end.because()).containsEntry("failure", "HF302 the claim on `node-1` was lost");
    }

    @Test
    void claimsTheTopmostOfItsTargetsOnce() {
        rig.run(plan().then(execute("reboot"), new Step.Execute("cool", Map.of(), new Step.Target.Parent(),
                settings("then[1]"))).order());
        assertThat(rig.locks.requests).extracting(r -> r.target()).containsExactly("rack/r3");
        assertThat(rig.attempts).extracting(Attempt::target).containsExactly("node-1", "rack/r3");
    }

    @Test
    void claimsNothingForAPlanThatOnlyTells() {
        healed(rig.run(plan().then(notifyOncall("then[0]", template(text("hello")))).order()), HealResult.SUCCEEDED);
        assertThat(rig.locks.requests).isEmpty();
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void doesNotStartAFiringThatIsTooOld() {
        rig.maxAge = OptionalLong.of(120_000);
        rig.start();
        rig.timers.advanceTo(120_001);
        var end = rig.run(reboot(settings("then[0]")).order());
        healed(end, HealResult.EXPIRED);
        assertThat(rig.attempts).isEmpty();
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void doesNotStartAFiringThatGrewTooOldWhileItWaitedForItsClaim() {
        rig.maxAge = OptionalLong.of(120_000);
        rig.start();
        rig.locks.onClaim = () -> rig.timers.advanceTo(130_000);
        healed(rig.run(reboot(settings("then[0]")).order()), HealResult.EXPIRED);
        assertThat(rig.locks.released).containsExactly("node-1");
    }

    @Test
    void doesNothingInADryRun() {
        var end = rig.run(reboot(settings("then[0]")).mode(Mode.DRY_RUN).order());
        healed(end, HealResult.DRY_RUN);
        assertThat(rig.attempts).isEmpty();
        assertThat(rig.locks.requests).isEmpty();
        assertThat(rig.messages).isEmpty();
    }

    @Test
    void saysThatApprovalIsNotAvailableAndDoesNothing() {
        var end = rig.run(reboot(settings("then[0]")).mode(Mode.APPROVE).order());
        healed(end, HealResult.DRY_RUN);
        assertThat(end.because()).containsEntry("approval", "`mode: approve` is not available yet; nothing was done");
        assertThat(rig.attempts).isEmpty();
    }

    @Test
    void startsNoPlanWithAStepThatIsNotAvailable() {
        var end = rig
                .run(reboot(settings("then[0]")).then(new Step.Approve("sre", 1_000, settings("then[1]"))).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("failure",
                "HF101 `approve(…)` in step `then[1]` is not available yet");
        assertThat(rig.attempts).isEmpty();
    }

    @Test
    void failsAStepThatLooksUpWhatIsNotThere() {
        var end = rig.run(
                plan().then(notifyOncall("then[0]", template(text("because "), lookup("event", "colour")))).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("failure",
                "HF106 `event.colour` is not known: the event has no attribute `colour`, only `reason`");
        assertThat(rig.messages).isEmpty();
    }

    @Test
    void givesWhatAStepReturnsToLaterOnes() {
        rig.plays("reboot", Play.ends(new Outcome.Succeeded(Map.of("boot_id", "b-7")), 0));
        healed(rig.run(plan().then(execute("reboot", settings("boot")),
                notifyOncall("then[1]", template(text("new "), lookup("steps", "boot", "boot_id")))).order()),
                HealResult.SUCCEEDED);
        assertThat(rig.messages).extracting(Message::text).containsExactly("new b-7");
    }

    @Test
    void tellsTheDefaultChannelWhereTheRuleEscalatesNothing() {
        rig.defaultChannel = Optional.of(new ChannelSpec("ops", "log", Map.of()));
        rig.start();
        rig.plays("reboot", BAD);
        healed(rig.run(plan().then(execute("reboot")).order()), HealResult.FAILED);
        assertThat(rig.messages).extracting(Message::text).containsExactly(
                "reboot_unreachable_node could not heal node-1: FAILED (trace 0123456789abcdef0123456789abcdef)");
    }

    @Test
    void endsAlsoWhenNobodyCouldBeTold() {
        rig.plays("reboot", BAD);
        rig.delivery = new Outcome.Refused(FailureCode.BAD_CHANNEL, "no token");
        var end = rig.run(reboot(settings("then[0]")).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("escalate", "`escalate[0]`: HF107 no token");
    }

    @Test
    void waitsAndWaitsForConditions() {
        rig.trueAt.put("drained", 25_000L);
        var end = rig.run(plan().then(waiting("then[0]", 20_000),
                new Step.WaitUntil(Plans.condition("drained"), 60_000, settings("then[1]"))).order());
        healed(end, HealResult.SUCCEEDED);
        assertThat(end.at()).isEqualTo(25_000);
    }

    @Test
    void failsAWaitWhoseConditionDoesNotCome() {
        var end = rig.run(
                plan().then(new Step.WaitUntil(Plans.condition("drained"), 60_000, settings("then[0]"))).order());
        healed(end, HealResult.FAILED);
        assertThat(end.because()).containsEntry("failure", "HF204 `drained` was false to the end");
    }

    private void cancelAt(long millis) {
        rig.timers.schedule(millis, () -> rig.executor.cancel("0123456789abcdef0123456789abcdef", "ada"));
    }

    @Test
    void cancelsWhatRunsAndAsksAPerson() {
        rig.plays("reboot", Play.hangs());
        cancelAt(10_000);
        var end = rig.run(reboot(settings("then[0]")).rollback(execute("undo")).order());
        healed(end, HealResult.INTERRUPTED);
        assertThat(end.at()).isEqualTo(10_000);
        assertThat(end.because()).containsEntry("failure", "cancelled by ada");
        assertThat(rig.attempts).hasSize(1);
        assertThat(rig.messages).hasSize(1);
    }

    @Test
    void cancelsAWaitAPauseAndAVerify() {
        cancelAt(10_000);
        healed(rig.run(plan().then(waiting("then[0]", 20_000)).order()), HealResult.INTERRUPTED);
        var pausing = new HealScenarioTest();
        pausing.rig.plays("reboot", UNREACHABLE);
        pausing.cancelAt(1_000);
        pausing.healed(pausing.rig.run(reboot(retry("then[0]", 1)).order()), HealResult.INTERRUPTED);
        var verifying = new HealScenarioTest();
        verifying.cancelAt(1_000);
        verifying.healed(verifying.rig.run(reboot(settings("then[0]")).verify("up == 1", 5_000).order()),
                HealResult.INTERRUPTED);
    }

    private void withdrawAt(long millis) {
        rig.timers.schedule(millis,
                () -> rig.executor.withdraw("0123456789abcdef0123456789abcdef", "its condition became false"));
    }

    @Test
    void withdrawsAHealThatWaitsAndTellsNobody() {
        withdrawAt(10_000);
        var end = rig.run(plan().then(waiting("then[0]", 20_000), execute("reboot"))
                .rollback(execute("undo")).order());
        healed(end, HealResult.SKIPPED_UNCHANGED);
        assertThat(end.at()).isEqualTo(10_000);
        assertThat(end.because()).containsEntry("withdrawn", "its condition became false before any action was begun");
        assertThat(rig.attempts).isEmpty();
        assertThat(rig.messages).isEmpty();
    }

    @Test
    void withdrawsAHealThatWaitsForAPlace() {
        anotherHealHasTheOnlyPlace();
        withdrawAt(10_000);
        healed(rig.run(reboot(settings("then[0]")).order()), HealResult.SKIPPED_UNCHANGED);
        theOtherHealEndedWell();
    }

    @Test
    void doesNotWithdrawWhatHasBegunAnAction() {
        rig.plays("reboot", Play.ends(new Outcome.Succeeded(Map.of()), 20_000));
        withdrawAt(10_000);
        healed(rig.run(reboot(settings("then[0]")).order()), HealResult.SUCCEEDED);
        var pausing = new HealScenarioTest();
        pausing.rig.plays("reboot", UNREACHABLE, UNREACHABLE, OK);
        pausing.withdrawAt(500);
        pausing.healed(pausing.rig.run(reboot(retry("then[0]", 2)).order()), HealResult.SUCCEEDED);
        assertThat(new HealScenarioTest().rig.executor.withdraw("f".repeat(32), "gone")).isFalse();
    }

    @Test
    void cancelsAfterASlowStopToo() {
        var cancelled = new ArrayList<Long>();
        rig.drivers = Optional.of(Drivers.always(new SlowToStop(rig, cancelled, 20_000)));
        cancelAt(50_000);
        var end = rig.run(reboot(settings("then[0]")).order());
        healed(end, HealResult.INTERRUPTED);
        assertThat(cancelled).as("by the timeout; the wish to cancel needs no second one").containsExactly(45_000L);
    }

    @Test
    void callsAnAttemptUnknownThatDoesNotStop() {
        rig.drivers = Optional.of(Drivers.always(new SlowToStop(rig, new ArrayList<>(), 999_000)));
        var end = rig.run(once(settings("then[0]")).order());
        healed(end, HealResult.INTERRUPTED);
        assertThat(end.at()).as("45s of timeout, 30s of grace").isEqualTo(75_000);
    }

    /** Takes its time to stop. */
    private static final class SlowToStop implements io.prunella.executor.driver.ActionDriver {
        private final Rig rig;
        private final List<Long> cancelled;
        private final long stopMillis;

        SlowToStop(Rig rig, List<Long> cancelled, long stopMillis) {
            this.rig = rig;
            this.cancelled = cancelled;
            this.stopMillis = stopMillis;
        }

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Optional<Outcome.Refused> prepare(Attempt attempt) {
            return Optional.empty();
        }

        @Override
        public void stopLeftover(Attempt attempt) {}

        @Override
        public CheckAnswer check(Attempt attempt) {
            return new CheckAnswer.CannotTell("slow");
        }

        @Override
        public io.prunella.executor.driver.Preview preview(Attempt attempt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public io.prunella.executor.driver.RunningAttempt start(Attempt attempt,
                java.util.function.Consumer<io.prunella.executor.driver.OutputLine> output,
                java.util.function.Consumer<Outcome> ended) {
            return () -> {
                cancelled.add(rig.timers.millis());
                rig.timers.schedule(rig.timers.millis() + stopMillis,
                        () -> ended.accept(new Outcome.Unknown("stopped")));
            };
        }
    }

    private void anotherHealHasTheOnlyPlace() {
        rig.workers = new PriorityWorkers(1, Runnable::run);
        rig.start();
        rig.plays("reboot", Play.ends(new Outcome.Succeeded(Map.of()), 30_000));
        var first = reboot(settings("then[0]"));
        first.traceId = "a".repeat(32);
        rig.executor.submit(first.order());
    }

    private void theOtherHealEndedWell() {
        assertThat(rig.ended("a".repeat(32)).result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(rig.attempts).hasSize(1);
    }

    @Test
    void cancelsAHealThatWaitsForAPlace() {
        anotherHealHasTheOnlyPlace();
        cancelAt(10_000);
        healed(rig.run(reboot(settings("then[0]")).order()), HealResult.INTERRUPTED);
        theOtherHealEndedWell();
    }

    @Test
    void givesPlacesByPriority() {
        rig.workers = new PriorityWorkers(1, Runnable::run);
        rig.start();
        for (int i = 0; i < 3; i++) {
            var plan = reboot(settings("then[0]"));
            plan.traceId = "%032x".formatted(i);
            plan.priority = new long[]{0, 5, 100}[i];
            rig.plays("reboot", Play.ends(new Outcome.Succeeded(Map.of()), 1_000));
            rig.executor.submit(plan.order());
        }
        rig.timers.advanceTo(0);
        rig.finish();
        assertThat(rig.attempts).extracting(a -> a.traceId().substring(31)).containsExactly("0", "2", "1");
    }

    @Test
    void takesOneTraceOnce() {
        var order = reboot(settings("then[0]")).order();
        rig.plays("reboot", Play.ends(new Outcome.Succeeded(Map.of()), 1_000));
        assertThat(rig.executor.submit(order)).isTrue();
        assertThat(rig.executor.submit(order)).isFalse();
        rig.finish();
        rig.executor.submit(order);
        rig.finish();
        assertThat(rig.attempts).hasSize(1);
        assertThat(rig.events(HealEvent.Submitted.class)).hasSize(1);
    }

    @Test
    void losesOneAttemptAndNotItselfToADriverThatBreaks() {
        rig.drivers = Optional.of(Drivers.always(new ScriptedDriver(rig.timers, _ -> {
            throw new IllegalStateException("broken");
        }, _ -> {
            throw new IllegalStateException("broken too");
        })));
        healed(rig.run(once(settings("then[0]")).order()), HealResult.INTERRUPTED);
    }

    // What follows begins where a process died.

    private Rig left(HealOrder order, Fact... facts) throws JournalFailure {
        rig.journal.append(new JournalEntry(order.traceId(), "", 0, new Fact.Submitted(order)));
        for (var fact : facts) {
            rig.journal.append(new JournalEntry(order.traceId(), "", 0, fact));
        }
        return rig.restarted(60_000);
    }

    private static Fact intent() {
        return new Fact.Intent(Phase.THEN, "then[0]", 1, "reboot", "scripted", "node-1");
    }

    private static Fact ended(Outcome outcome) {
        return new Fact.AttemptEnded(Phase.THEN, "then[0]", 1, outcome);
    }

    private static final Fact CLAIMED = new Fact.Claimed("node-1", 1, "");

    @Test
    void expiresAHealThatHadNotBegunAndIsTooOldNow() throws JournalFailure {
        rig.maxAge = OptionalLong.of(30_000);
        var next = left(reboot(settings("then[0]")).order());
        assertThat(next.recovered().result()).isEqualTo(HealResult.EXPIRED);
        assertThat(next.events).first().isInstanceOf(HealEvent.Resumed.class);
    }

    @Test
    void goesOnWithAHealThatHadBegunWhateverItsAge() throws JournalFailure {
        rig.maxAge = OptionalLong.of(30_000);
        var next = left(reboot(settings("then[0]")).order(), CLAIMED);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).hasSize(1);
    }

    @Test
    void asksTheCheckAboutAnAttemptThatWasCutOff() throws JournalFailure {
        var next = left(once(settings("then[0]")).order(), CLAIMED, intent()).checks("reboot", THERE);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).isEmpty();
    }

    @Test
    void makesAnAttemptAgainThatWasCutOffBeforeItHadAnEffect() throws JournalFailure {
        var next = left(once(settings("then[0]")).order(), CLAIMED, intent()).checks("reboot", NOT_THERE);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).singleElement().satisfies(a -> assertThat(a.number()).isEqualTo(1));
    }

    @Test
    void leavesToAPersonWhatWasCutOffAndMustNotBeRepeated() throws JournalFailure {
        var next = left(once(retry("then[0]", 3)).order(), CLAIMED, intent());
        assertThat(next.recovered().result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(next.attempts).isEmpty();
        assertThat(next.messages).hasSize(1);
    }

    @Test
    void cancelsAHealWhileItLooksAfterAnAttemptThatWasCutOff() throws JournalFailure {
        var next = left(once(settings("then[0]")).order(), CLAIMED, intent());
        next.drivers = Optional.of(Drivers.always(new ScriptedDriver(next.timers, _ -> OK, _ -> {
            next.executor.cancel("0123456789abcdef0123456789abcdef", "ada");
            return NOT_THERE;
        })));
        assertThat(next.recovered().result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(next.attempts).isEmpty();
    }

    @Test
    void cancelsAHealWhileItLooks() {
        rig.drivers = Optional.of(Drivers.always(new ScriptedDriver(rig.timers, _ -> OK, _ -> {
            rig.executor.cancel("0123456789abcdef0123456789abcdef", "ada");
            return NOT_THERE;
        })));
        healed(rig.run(reboot(settings("then[0]")).order()), HealResult.INTERRUPTED);
        assertThat(rig.events(HealEvent.AttemptStarted.class)).filteredOn(a -> a.doing().equals("reboot")).isEmpty();
    }

    @Test
    void drawsTheConclusionFromAnOutcomeThatNothingHadFollowed() throws JournalFailure {
        var next = left(once(retry("then[0]", 1)).order(), CLAIMED, intent(),
                ended(new Outcome.Failed(FailureCode.ACTION_FAILED, "no luck")));
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).singleElement().satisfies(a -> assertThat(a.number()).isEqualTo(2));
    }

    @Test
    void goesOnBehindTheStepsThatAreDone() throws JournalFailure {
        var done = new Fact.StepEnded(Phase.THEN, "then[0]", StepResult.SUCCEEDED, "", Map.of("boot_id", "b-7"));
        var next = left(reboot(settings("then[0]"))
                .then(notifyOncall("then[1]", template(lookup("steps", "then[0]", "boot_id")))).order(), CLAIMED,
                intent(), ended(new Outcome.Succeeded(Map.of())), done);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.attempts).isEmpty();
        assertThat(next.messages).extracting(Message::text).containsExactly("b-7");
    }

    @Test
    void verifiesAgainFromTheSameSamplesWithTheWholeTime() throws JournalFailure {
        rig.trueAt.put("up == 1", 64_000L);
        var done = new Fact.StepEnded(Phase.THEN, "then[0]", StepResult.SUCCEEDED, "", Map.of());
        var next = left(reboot(settings("then[0]")).verify("up == 1", 5_000).order(), CLAIMED, done,
                new Fact.VerifyBegan(10, 5_010));
        assertThat(next.recovered().result()).isEqualTo(HealResult.HEALED);
        assertThat(next.timers.millis()).isEqualTo(64_000);
    }

    @Test
    void undoesWhatHadFailedToVerifyBeforeTheEndOfTheProcess() throws JournalFailure {
        var done = new Fact.StepEnded(Phase.THEN, "then[0]", StepResult.SUCCEEDED, "", Map.of());
        var next = left(reboot(settings("then[0]")).verify("up == 1", 5_000).rollback(execute("undo")).order(),
                CLAIMED, done, new Fact.VerifyBegan(10, 5_010), new Fact.VerifyEnded(Truth.FALSE));
        assertThat(next.recovered().result()).isEqualTo(HealResult.ROLLED_BACK);
        assertThat(next.attempts).hasSize(1);
    }

    @Test
    void waitsForTheRestOfAWaitOnly() throws JournalFailure {
        var next = left(plan().then(waiting("then[0]", 90_000)).order(),
                new Fact.WaitBegan(Phase.THEN, "then[0]", 0, 90_000));
        next.recovered();
        assertThat(next.timers.millis()).isEqualTo(90_000);
    }

    @Test
    void waitsUntilItsOwnClaimOfBeforeHasRunOut() throws JournalFailure {
        var order = reboot(settings("then[0]")).order();
        var next = left(order, CLAIMED);
        next.locks.others.put("node-1", new ClaimHolder("node-1", order.traceId(), "r", "exec-1", "d"));
        next.timers.schedule(70_000, next.locks.others::clear);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SUCCEEDED);
        assertThat(next.timers.millis()).isEqualTo(70_000);
    }

    @Test
    void leavesToAPersonAHealThatHadBegunAndWhoseTargetSomebodyElseHasNow() throws JournalFailure {
        var next = left(reboot(settings("then[0]")).order(), CLAIMED, intent());
        next.locks.others.put("node-1", new ClaimHolder("node-1", "f".repeat(32), "r", "exec-2", "d"));
        assertThat(next.recovered().result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(next.messages).hasSize(1);
    }

    @Test
    void doesNotStartAHealThatHadBeenCancelled() throws JournalFailure {
        var next = left(reboot(settings("then[0]")).order(), new Fact.CancelAsked("ada"));
        assertThat(next.recovered().result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(next.attempts).isEmpty();
    }

    @Test
    void doesNotStartAHealThatHadBeenWithdrawn() throws JournalFailure {
        var next = left(reboot(settings("then[0]")).order(), CLAIMED, new Fact.Withdrawn("its event was resolved"));
        assertThat(next.recovered().result()).isEqualTo(HealResult.SKIPPED_UNCHANGED);
        assertThat(next.attempts).isEmpty();
        assertThat(next.messages).isEmpty();
    }

    @Test
    void withdrawsAHealThatWaitsForItsOwnClaim() throws JournalFailure {
        var order = reboot(settings("then[0]")).order();
        var next = left(order);
        next.locks.others.put("node-1", new ClaimHolder("node-1", order.traceId(), "r", "exec-1", "d"));
        next.timers.schedule(61_000, () -> next.executor.withdraw(order.traceId(), "its event was resolved"));
        next.timers.schedule(70_000, next.locks.others::clear);
        assertThat(next.recovered().result()).isEqualTo(HealResult.SKIPPED_UNCHANGED);
        assertThat(next.attempts).isEmpty();
    }

    @Test
    void doesNotGoOnWithAHealThatHadBeenCancelledWhileItRan() throws JournalFailure {
        var next = left(reboot(settings("then[0]")).order(), CLAIMED, new Fact.CancelAsked("ada"));
        assertThat(next.recovered().result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(next.attempts).isEmpty();
    }

    @Test
    void cancelsWhileItWaitsForItsOwnClaim() throws JournalFailure {
        var order = reboot(settings("then[0]")).order();
        var next = left(order);
        next.locks.others.put("node-1", new ClaimHolder("node-1", order.traceId(), "r", "exec-1", "d"));
        next.timers.schedule(61_000, () -> next.executor.cancel(order.traceId(), "ada"));
        next.timers.schedule(70_000, next.locks.others::clear);
        assertThat(next.recovered().result()).isEqualTo(HealResult.INTERRUPTED);
        assertThat(next.attempts).isEmpty();
    }

    @Test
    void takesUpNothingTwice() throws JournalFailure {
        var next = left(reboot(settings("then[0]")).order());
        next.recovered();
        assertThat(next.executor.recover()).isZero();
        assertThat(next.restarted(0).executor.recover()).isZero();
    }
}
