package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.GuardModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SuppressModel;
import io.prunella.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Conditions of guards and suppressions as rules that never fire: so their windows, holds and labels are kept as those
 * of any rule, and the decision asks for their truth when it needs it.
 */
public final class StandingRules {
    private static final String NO_SEVERITY = "";

    private StandingRules() {}

    /** The rules of a pack, and behind them those of its guards and suppressions. */
    static List<RuleModel> all(PackModel pack) {
        if (pack.guards().isEmpty() && pack.suppressions().isEmpty()) {
            return pack.rules();
        }
        List<RuleModel> all = new ArrayList<>(pack.rules());
        pack.guards().forEach(guard -> all.add(rule(pack, name(guard), guard.when())));
        pack.suppressions().forEach(suppress -> all.add(rule(pack, name(suppress), suppress.when())));
        return all;
    }

    /** What the rule of a guard is called; no rule of a user's has a line break in its name. */
    public static String name(GuardModel guard) {
        return "guard\n" + guard.name();
    }

    /** What the rule of a suppression is called. */
    public static String name(SuppressModel suppress) {
        return "suppress\n" + suppress.name();
    }

    static boolean silent(RuleModel model) {
        return model.severity().equals(NO_SEVERITY);
    }

    private static RuleModel rule(PackModel pack, String name, Condition when) {
        ExecutionPlan nothing = new ExecutionPlan(name, pack.name() + " " + pack.version(), List.of(), Optional.empty(),
                List.of(), List.of(), List.of(), List.of(), List.of());
        return new RuleModel(name, NO_SEVERITY, Map.of(), 0, Optional.empty(), new RuleModel.Subject.PerEntity(),
                new RuleModel.Trigger.Edge(), when, Optional.empty(), RuleModel.Rhythm.PLAIN, OptionalLong.empty(),
                List.of(), nothing, List.of(), List.of(), List.of(), name + when);
    }
}
