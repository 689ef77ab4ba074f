package io.prunella.compiler.lower;

import io.prunella.compiler.rule.Condition;
import io.prunella.plan.ConditionRef;
import java.util.ArrayList;
import java.util.List;

/** Numbers the conditions that the executor asks the ruler about. */
final class RuleConditions {
    private final String rule;
    private final List<Condition> conditions = new ArrayList<>();

    RuleConditions(String rule) {
        this.rule = rule;
    }

    ConditionRef add(Condition condition, String text) {
        conditions.add(condition);
        return new ConditionRef(rule, conditions.size() - 1, text);
    }

    List<Condition> all() {
        return List.copyOf(conditions);
    }
}
