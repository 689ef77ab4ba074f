package io.prunella.ruler.decision;

import io.prunella.plan.ConditionRef;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import java.util.List;
import java.util.function.Predicate;

/** How long a plan that isn't really run counts as in flight: the sum of its waits. */
public final class PlanLength {
    private PlanLength() {}

    /**
     * Milliseconds from a plan's start to its end.
     *
     * @param holds whether a step's {@code if:} is true; one that isn't takes its step out
     */
    public static long of(ExecutionPlan plan, Predicate<ConditionRef> holds) {
        return sum(plan.then(), holds) + sum(plan.after(), holds);
    }

    private static long sum(List<Step> steps, Predicate<ConditionRef> holds) {
        return steps.stream().mapToLong(step -> of(step, holds)).sum();
    }

    private static long of(Step step, Predicate<ConditionRef> holds) {
        if (step.settings().when().filter(holds.negate()).isPresent()) {
            return 0;
        }
        return switch (step) {
            case Step.Wait wait -> wait.millis();
            case Step.WaitUntil wait -> wait.timeoutMillis();
            case Step.Parallel parallel -> parallel.steps().stream().mapToLong(s -> of(s, holds)).max().orElse(0);
            case Step.Execute _,Step.Collect _,Step.Notify _,Step.Approve _,Step.Emit _,Step.Ticket _ -> 0;
        };
    }
}
