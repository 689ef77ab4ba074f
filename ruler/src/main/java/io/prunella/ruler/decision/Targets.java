package io.prunella.ruler.decision;

import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.plan.Step.Target;
import io.prunella.plan.Template;
import io.prunella.ruler.index.Lookups;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Whom a plan works on: locks, cooldowns and limits go by it. */
public final class Targets {
    private Targets() {}

    /** The targets of a plan's actions; the firing's entity where it has none. */
    public static List<String> of(ExecutionPlan plan, String entity, Function<Template.Part.Lookup, String> lookups) {
        Set<String> targets = new LinkedHashSet<>();
        plan.then().forEach(step -> add(step, entity, lookups, targets));
        targets.remove("");
        return targets.isEmpty() ? List.of(entity) : List.copyOf(targets);
    }

    /** Whom one step works on. */
    static List<String> of(Step.Execute step, String entity, Function<Template.Part.Lookup, String> lookups) {
        Set<String> targets = new LinkedHashSet<>();
        add(step, entity, lookups, targets);
        targets.remove("");
        return List.copyOf(targets);
    }

    private static void add(Step step, String entity, Function<Template.Part.Lookup, String> lookups,
            Set<String> into) {
        switch (step) {
            case Step.Execute execute -> {
                switch (execute.target()) {
                    case Target.Self _ -> into.add(entity);
                    case Target.Named named -> into.add(Lookups.text(named.entity(), lookups));
                    case Target.Parent _,Target.Nodes _ -> {
                        // Without topology and inventory nobody is meant, and nothing empty means all.
                    }
                }
            }
            case Step.Parallel parallel -> parallel.steps().forEach(inner -> add(inner, entity, lookups, into));
            case Step.Collect _,Step.Notify _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _ -> {
            }
        }
    }
}
