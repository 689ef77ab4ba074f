package io.prunella.compiler.lower;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.compiler.rule.ValueTerm;
import java.util.Set;
import java.util.TreeSet;

/** Finds every metric that a rule names. */
final class MetricNames {
    private final Set<String> names = new TreeSet<>();

    private MetricNames() {}

    static Set<String> of(RuleModel rule) {
        MetricNames found = new MetricNames();
        if (rule.trigger() instanceof Trigger.OnEvent event) {
            found.condition(event.where());
        }
        found.condition(rule.when());
        rule.unless().ifPresent(found::condition);
        rule.conditions().forEach(found::condition);
        rule.lookups().forEach(selector -> found.names.add(selector.metric()));
        return found.names;
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Condition.All all -> all.of().forEach(this::condition);
            case Condition.Any any -> any.of().forEach(this::condition);
            case Condition.Negated negated -> condition(negated.inner());
            case Condition.Held held -> condition(held.inner());
            case Condition.Compare compare -> {
                value(compare.left());
                value(compare.right());
            }
            case Condition.InSet in -> {
                value(in.value());
                in.intervals().forEach(interval -> {
                    value(interval.from());
                    interval.to().ifPresent(this::value);
                });
            }
        }
    }

    private void value(ValueTerm term) {
        switch (term) {
            case ValueTerm.Newest newest -> names.add(newest.selector().metric());
            case ValueTerm.Arithmetic arithmetic -> {
                value(arithmetic.left());
                value(arithmetic.right());
            }
            case ValueTerm.Negative negative -> value(negative.operand());
            case ValueTerm.Constant _,ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.EventAttribute _,ValueTerm.Label _,ValueTerm.EntityName _,ValueTerm.Probe _ -> {
                // No series.
            }
        }
    }
}
