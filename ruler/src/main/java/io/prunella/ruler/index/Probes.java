package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Template;
import io.prunella.ruler.ProbeQuestion;
import java.util.ArrayList;
import java.util.List;

/** Probes of a condition: each is a series of the entity, named as the probe is written. */
final class Probes {
    private final HealOrder order;
    private final List<ProbeQuestion> found = new ArrayList<>();

    private Probes(HealOrder order) {
        this.order = order;
    }

    static String name(ValueTerm.Probe probe) {
        return "probe(" + probe.protocol() + " \"" + Lookups.written(probe.target()) + "\")";
    }

    /** What has to be asked to judge a condition, in the order written. */
    static List<ProbeQuestion> of(Condition condition, HealOrder order) {
        Probes probes = new Probes(order);
        probes.condition(condition);
        return probes.found.stream().distinct().toList();
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Condition.All all -> all.of().forEach(this::condition);
            case Condition.Any any -> any.of().forEach(this::condition);
            case Condition.Negated not -> condition(not.inner());
            case Condition.Held held -> condition(held.inner());
            case Condition.Compare compare -> {
                term(compare.left());
                term(compare.right());
            }
            case Condition.InSet in -> term(in.value());
            case Condition.TimeIn _,Condition.Absent _,Condition.OverEntities _ -> {
                // Nothing to ask.
            }
        }
    }

    private void term(ValueTerm term) {
        switch (term) {
            case ValueTerm.Probe probe -> found.add(new ProbeQuestion(order.entity(), name(probe), probe.protocol(),
                    text(probe.target())));
            case ValueTerm.Arithmetic calculated -> {
                term(calculated.left());
                term(calculated.right());
            }
            case ValueTerm.Negative negative -> term(negative.operand());
            case ValueTerm.Constant _,ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.Newest _,ValueTerm.EventAttribute _,ValueTerm.MatchedAttribute _,ValueTerm.Label _,ValueTerm.EntityName _,ValueTerm.OverTime _,ValueTerm.Across _,ValueTerm.Counted _,ValueTerm.EventCount _,ValueTerm.SinceEvent _,ValueTerm.SinceHeal _,ValueTerm.Now _,ValueTerm.Weekday _,ValueTerm.ParentName _,ValueTerm.SeverityOf _ -> {
                // Nothing to ask.
            }
        }
    }

    private String text(Template template) {
        return Lookups.text(template, lookup -> Lookups.of(order, lookup));
    }
}
