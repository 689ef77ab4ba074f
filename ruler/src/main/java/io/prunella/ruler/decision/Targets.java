package io.prunella.ruler.decision;

import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import io.prunella.plan.Step.Target;
import io.prunella.ruler.index.Lookups;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whom a plan works on: locks, cooldowns and limits go by it. */
public final class Targets {
    private Targets() {}

    /** The targets of a plan's actions; the firing's entity where it has none. */
    public static List<String> of(HealOrder order) {
        Set<String> targets = new LinkedHashSet<>();
        order.plan().then().forEach(step -> add(step, order, targets));
        targets.remove("");
        return targets.isEmpty() ? List.of(order.entity()) : List.copyOf(targets);
    }

    /** Whom one step works on. */
    static List<String> of(Step.Execute step, HealOrder order) {
        Set<String> targets = new LinkedHashSet<>();
        add(step, order, targets);
        targets.remove("");
        return List.copyOf(targets);
    }

    private static void add(Step step, HealOrder order, Set<String> into) {
        switch (step) {
            case Step.Execute execute -> {
                switch (execute.target()) {
                    case Target.Self _ -> into.add(order.entity());
                    case Target.Named named ->
                        into.add(Lookups.text(named.entity(), lookup -> Lookups.of(order, lookup)));
                    // Of several parents the first one written; without one nobody is meant.
                    case Target.Parent _ -> order.ancestors().stream().findFirst().ifPresent(into::add);
                    case Target.Nodes _ -> {
                        // Without an inventory nobody is meant, and nothing empty means all.
                    }
                }
            }
            case Step.Parallel parallel -> parallel.steps().forEach(inner -> add(inner, order, into));
            case Step.Collect _,Step.Notify _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _ -> {
            }
        }
    }
}
