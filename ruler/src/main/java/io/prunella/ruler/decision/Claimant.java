package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Breach;
import io.prunella.compiler.drools.EventFact;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.ruler.index.CodePoints;
import io.prunella.ruler.index.Instance;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that wants to fire. */
record Claimant(Breach breach, @Nullable EventFact fact) {

    /** Of those whose rules have the same priority and name: by subject, then by arrival. */
    static final Comparator<Claimant> WITHIN_A_NAME = Comparator
            .comparing(Claimant::subject, Claimant::compareSubjects)
            .thenComparingLong(Claimant::arrival)
            .thenComparing(c -> c.rule().pack().name(), CodePoints::compare);

    Instance instance() {
        return (Instance) breach.getOrigin();
    }

    @Nullable
    OpenEvent event() {
        return fact == null ? null : (OpenEvent) fact.getOrigin();
    }

    /** Whether it still wants to: neither its breach nor its event is gone. */
    boolean stands() {
        return breach.stands() && (fact == null || fact.stands());
    }

    Rule rule() {
        return instance().rule();
    }

    RuleModel model() {
        return rule().model();
    }

    /** Whom it fires for. */
    String entity() {
        return rule().subjects().entityOf(instance().subject());
    }

    /** The same firing has the same, in whatever session. */
    record Key(Instance instance, @Nullable OpenEvent event) {}

    Key key() {
        return new Key(instance(), event());
    }

    /** How many emitted events in a row led to it. */
    int depth() {
        OpenEvent event = event();
        return event == null ? 0 : event.seen().depth();
    }

    private List<String> subject() {
        return rule().subjects().valuesOf(instance().subject());
    }

    private long arrival() {
        OpenEvent event = event();
        return event == null ? 0 : event.number();
    }

    private static int compareSubjects(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int sign = CodePoints.compare(one.get(i), other.get(i));
            if (sign != 0) {
                return sign;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
