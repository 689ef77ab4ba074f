package io.prunella.compiler.drools;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * A pack's rule as the decision knows it.
 *
 * @param number what its breaches, events and candidates carry
 * @param name unique among all rules in force
 */
public record UserRule(int number, String name, RuleModel model) {

    /** Whether it takes an event for it to fire. */
    boolean byEvent() {
        return switch (model.trigger()) {
            case Trigger.OnEvent _,Trigger.Sequence _,Trigger.Absence _,Trigger.Times _,Trigger.OnAlert _ -> true;
            case Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ -> false;
        };
    }

    /** The rules of packs, numbered in their order; a name that two packs share gets its pack's before it. */
    public static List<UserRule> of(List<PackModel> packs) {
        List<UserRule> rules = new ArrayList<>();
        for (PackModel pack : packs) {
            for (RuleModel model : pack.rules()) {
                rules.add(new UserRule(rules.size(), name(pack.name(), model.name()), model));
            }
        }
        return rules;
    }

    /** Pack and rule, {@code linux_base/reboot}: what Drools calls the rule. */
    public static String name(String pack, String rule) {
        return pack + "/" + rule;
    }
}
