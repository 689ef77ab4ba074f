package io.prunella.ruler.decision;

import io.prunella.plan.ConditionRef;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** How long a plan that isn't really run counts as in flight, and what it emits on its way: its waits are its clock. */
public final class PlanLength {
    private final Predicate<ConditionRef> holds;
    private final List<Emitted> emitted = new ArrayList<>();
    private long elapsed;

    private PlanLength(Predicate<ConditionRef> holds) {
        this.holds = holds;
    }

    /**
     * What a plan comes to.
     *
     * @param millis the sum of its waits
     * @param emitted in the order written
     */
    public record Course(long millis, List<Emitted> emitted) {
        public Course {
            emitted = List.copyOf(emitted);
        }
    }

    /** An event that is emitted so long after the plan's begin. */
    public record Emitted(long afterMillis, Step.Emit step) {}

    /**
     * Walks a plan from its start to its end.
     *
     * @param holds whether a step's {@code if:} is true; one that isn't takes its step out
     */
    public static Course of(ExecutionPlan plan, Predicate<ConditionRef> holds) {
        PlanLength walk = new PlanLength(holds);
        walk.steps(plan.then());
        walk.steps(plan.after());
        return new Course(walk.elapsed, walk.emitted);
    }

    private void steps(List<Step> steps) {
        steps.forEach(this::step);
    }

    private void step(Step step) {
        if (step.settings().when().filter(holds.negate()).isPresent()) {
            return;
        }
        switch (step) {
            case Step.Wait wait -> elapsed += wait.millis();
            case Step.WaitUntil wait -> elapsed += wait.timeoutMillis();
            case Step.Parallel parallel -> {
                long begin = elapsed;
                long longest = begin;
                for (Step branch : parallel.steps()) {
                    elapsed = begin;
                    step(branch);
                    longest = Math.max(longest, elapsed);
                }
                elapsed = longest;
            }
            case Step.Emit emit -> emitted.add(new Emitted(elapsed, emit));
            case Step.Execute _,Step.Collect _,Step.Notify _,Step.Approve _,Step.Ticket _ -> {
                // Counts as done at once.
            }
        }
    }
}
