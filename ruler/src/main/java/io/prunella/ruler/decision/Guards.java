package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Demand;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Refusal;
import io.prunella.compiler.rule.GuardModel;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Rule;
import io.prunella.ruler.index.StandingRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Guards of packs, asked for each target of an action that they deny. */
final class Guards {
    private final FrontIndex index;
    private List<InForce> inForce = List.of();

    /** A guard of a pack, with its condition bound to the index. */
    private record InForce(GuardModel model, Rule condition) {}

    Guards(FrontIndex index) {
        this.index = index;
    }

    void load(List<Rule> standing) {
        List<InForce> all = new ArrayList<>();
        for (Rule rule : standing) {
            rule.pack().guards().stream().filter(model -> StandingRules.name(model).equals(rule.model().name()))
                    .forEach(model -> all.add(new InForce(model, rule)));
        }
        inForce = List.copyOf(all);
    }

    /** What guards deny of a plan, all its phases included: one step is enough for it not to start. */
    List<Need> denials(HealOrder order) {
        if (inForce.isEmpty()) {
            return List.of();
        }
        Set<Need> denials = new LinkedHashSet<>();
        order.plan().everyStep().forEach(step -> {
            if (step instanceof Step.Execute execute) {
                deny(execute, order, denials);
            }
        });
        return List.copyOf(denials);
    }

    private void deny(Step.Execute step, HealOrder order, Set<Need> denials) {
        for (InForce guard : inForce) {
            if (!guard.model().actions().contains(step.action())) {
                continue;
            }
            for (String target : Targets.of(step, order)) {
                // What is not known to be harmless is denied.
                Truth truth = index.questions().standing(guard.condition(), target);
                if (truth != Truth.FALSE) {
                    denials.add(new Need(Refusal.GUARD, "guard\n" + guard.model().name() + "\n" + target,
                            Demand.UNCOUNTED, "guard " + guard.model().name() + " denies " + step.action() + " on "
                                    + target + (truth == Truth.UNKNOWN ? ", its condition being unknown" : "")));
                }
            }
        }
    }
}
