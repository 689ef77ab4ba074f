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
        switch (rule.trigger()) {
            case Trigger.OnEvent event -> found.condition(event.where());
            case Trigger.Sequence sequence -> sequence.parts().forEach(part -> found.condition(part.where()));
            case Trigger.Absence absence -> {
                found.condition(absence.first().where());
                found.condition(absence.without().where());
            }
            case Trigger.Times times -> found.condition(times.of().where());
            case Trigger.OnAlert alert -> found.condition(alert.where());
            case Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ -> {
                // No condition of its own.
            }
        }
        found.condition(rule.when());
        rule.unless().ifPresent(found::condition);
        rule.rhythm().until().ifPresent(found::condition);
        rule.conditions().forEach(found::condition);
        rule.lookups().forEach(selector -> found.names.add(selector.metric()));
        return found.names;
    }

    /** Those that a condition of its own names. */
    static Set<String> of(Condition condition) {
        MetricNames found = new MetricNames();
        found.condition(condition);
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
            case Condition.Absent absent -> names.add(absent.selector().metric());
            case Condition.OverEntities over -> condition(over.where());
            case Condition.TimeIn _ -> {
                // No series.
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
            case ValueTerm.OverTime over -> names.add(over.selector().metric());
            case ValueTerm.Across across -> value(across.of());
            case ValueTerm.Counted counted -> counted.where().ifPresent(this::condition);
            case ValueTerm.Constant _,ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.EventAttribute _,ValueTerm.MatchedAttribute _,ValueTerm.Label _,ValueTerm.EntityName _,ValueTerm.Probe _,ValueTerm.EventCount _,ValueTerm.SinceEvent _,ValueTerm.SinceHeal _,ValueTerm.Now _,ValueTerm.Weekday _,ValueTerm.ParentName _,ValueTerm.SeverityOf _ -> {
                // No series.
            }
        }
    }
}
