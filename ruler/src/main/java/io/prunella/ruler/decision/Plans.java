package io.prunella.ruler.decision;

import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import java.util.List;
import java.util.stream.Stream;

/** What a plan does, for those who look back at it. */
final class Plans {
    private Plans() {}

    /** Names of the actions that its {@code then} runs. */
    static List<String> actions(ExecutionPlan plan) {
        return plan.then().stream().flatMap(Plans::actions).distinct().toList();
    }

    private static Stream<String> actions(Step step) {
        return switch (step) {
            case Step.Execute execute -> Stream.of(execute.action());
            case Step.Parallel parallel -> parallel.steps().stream().flatMap(Plans::actions);
            case Step.Collect _,Step.Notify _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _ ->
                Stream.empty();
        };
    }
}
