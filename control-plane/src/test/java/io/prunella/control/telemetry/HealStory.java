package io.prunella.control.telemetry;

import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Heals told event by event, as a loop would. */
final class HealStory {
    static final String TRACE = "0123456789abcdef0123456789abcdef";
    static final long FIRED = 1_000_000;

    private HealStory() {}

    /** Breached for 30 s; rebooted at the second attempt; verification fails; rolled back; told. */
    static List<LoopEvent> rolledBack() {
        List<LoopEvent> story = new ArrayList<>();
        story.add(new LoopEvent.Fired(FIRED + 5, firing(Mode.AUTO), Optional.empty()));
        story.add(heal(new HealEvent.Submitted(TRACE, FIRED + 6, order(Mode.AUTO))));
        story.add(heal(new HealEvent.PhaseStarted(TRACE, FIRED + 10, Phase.THEN)));
        attempt(story, "00000000000000a1", Phase.THEN, "reboot_node", 1, 10, 1_110,
                new Outcome.Failed(FailureCode.ACTION_FAILED, "exit 2"));
        attempt(story, "00000000000000a2", Phase.THEN, "reboot_node", 2, 2_000, 3_000,
                new Outcome.Succeeded(Map.of()));
        story.add(heal(new HealEvent.PhaseEnded(TRACE, FIRED + 3_000, Phase.THEN, true)));
        story.add(heal(new HealEvent.VerifyStarted(TRACE, FIRED + 3_000, new ConditionRef("reboot", 0, "up == 1"),
                FIRED + 63_000)));
        story.add(heal(new HealEvent.VerifyEnded(TRACE, FIRED + 63_000, Truth.FALSE)));
        story.add(heal(new HealEvent.PhaseStarted(TRACE, FIRED + 63_000, Phase.ROLLBACK)));
        attempt(story, "00000000000000b1", Phase.ROLLBACK, "undrain_node", 1, 63_000, 63_500,
                new Outcome.Succeeded(Map.of()));
        story.add(heal(new HealEvent.PhaseEnded(TRACE, FIRED + 63_500, Phase.ROLLBACK, true)));
        attempt(story, "00000000000000c1", Phase.ESCALATE, "notify", 1, 63_500, 63_600,
                new Outcome.Succeeded(Map.of()));
        story.add(heal(new HealEvent.Ended(TRACE, FIRED + 63_600, HealResult.ROLLED_BACK,
                Map.of("verify", "VERIFY_FAILED"))));
        return story;
    }

    static List<LoopEvent> dryRun() {
        return List.of(new LoopEvent.Fired(FIRED, firing(Mode.DRY_RUN), Optional.of(HealResult.DRY_RUN)));
    }

    private static void attempt(List<LoopEvent> story, String id, Phase phase, String doing, int number, long from,
            long to, Outcome outcome) {
        story.add(heal(new HealEvent.AttemptStarted(TRACE, FIRED + from, id, phase, "then[0]", doing,
                doing.equals("notify") ? "oncall" : "ansible", "node-17", number)));
        story.add(heal(new HealEvent.AttemptEnded(TRACE, FIRED + to, id, phase, "then[0]", outcome)));
    }

    static LoopEvent heal(HealEvent event) {
        return new LoopEvent.Heal(event);
    }

    static Firing firing(Mode mode) {
        return new Firing(FIRED, "linux", "reboot", "node-17", Map.of("entity", "node-17"), "critical", mode,
                Optional.empty(), Firing.NO_SUPPRESSION, TRACE, List.of(),
                List.of(Because.of("cpu_load", new Scalar.Quantity(0.97)),
                        Because.of("duration", new Scalar.Quantity(30))),
                Optional.of(order(mode)));
    }

    static HealOrder order(Mode mode) {
        ExecutionPlan plan = new ExecutionPlan("reboot", "linux 1.4.0", List.of(), Optional.empty(), List.of(),
                List.of(), List.of(), List.of(), List.of());
        return new HealOrder(TRACE, plan, "digest", "sha256:1", "node-17", List.of(), Map.of("entity", "node-17"),
                "critical", mode, 0, FIRED, Map.of("business_unit", "payments", "slo_tier", "gold", "team", "infra"),
                Map.of(), Map.of(), Map.of("cpu_load", "0.97"));
    }
}
