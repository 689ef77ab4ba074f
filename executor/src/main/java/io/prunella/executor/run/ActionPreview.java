package io.prunella.executor.run;

import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.Preview;
import io.prunella.executor.lock.FencingToken;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Mode;
import io.prunella.plan.Step;
import io.prunella.plan.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what an action would do to a target, for {@code plan ACTION target…}; nothing is claimed, changed or kept. */
public final class ActionPreview {
    private final Drivers drivers;

    public ActionPreview(Drivers drivers) {
        this.drivers = drivers;
    }

    /**
     * Asks the first driver of {@code uses:} that is there. Blocks for the timeout at most.
     *
     * @param traceId 32 hex digits, for whatever the driver starts
     * @param arguments by parameter; those left out take their defaults
     * @param timeoutMillis above 0
     */
    public Preview of(String traceId, ActionSpec action, String target, Map<String, Value> arguments,
            long timeoutMillis) {
        if (target.isBlank()) {
            return Preview.refused(
                    new Outcome.Refused(FailureCode.BAD_TARGET, "the target is empty, and nothing empty means all"));
        }
        var settings = new Step.StepSettings("preview", timeoutMillis, 0, new Step.Backoff(0, 1, 0),
                Step.OnFailure.ABORT, Optional.empty());
        var plan = new ExecutionPlan("preview", "", List.of(), Optional.empty(), List.of(), List.of(), List.of(),
                List.of(action), List.of());
        var order = new HealOrder(traceId, plan, "", "", target, List.of(), Map.of(), "warning", Mode.DRY_RUN, 0, 0,
                Map.of(), Map.of(), Map.of(), Map.of());
        try {
            var making = new ActionDoings.Making(traceId.substring(0, 16), 1, FencingToken.NONE, List.of());
            return preview(new ActionDoings(drivers,
                    new Resolver(order, target, Map.of(), Map.of(), Optional.empty()))
                    .of(settings, action.name(), arguments, target, making));
        } catch (MissingValue missing) {
            return Preview.refused(new Outcome.Refused(FailureCode.MISSING_VALUE, missing.why()));
        }
    }

    private static Preview preview(List<Doing> ways) {
        var first = ways.stream().map(ActionDoing.class::cast).filter(way -> way.driver().isPresent()).findFirst();
        if (first.isPresent()) {
            return first.get().driver().orElseThrow().preview(first.get().attempt());
        }
        var none = (ActionDoing) ways.getFirst();
        return Preview.refused(none.noDriver());
    }
}
