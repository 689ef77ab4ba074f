package io.prunella.ruler.index;

import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.plan.Truth;
import org.jspecify.annotations.Nullable;

/**
 * A comparison without which an event rule cannot fire, whatever the event: while it is not true, nobody has to know of
 * the rule's open events.
 */
record Gate(Node.Threshold threshold, SharedEvents events) {

    /** The gate of a rule; null for one that has to know of each event, or has no such comparison. */
    static @Nullable Gate of(Rule rule) {
        if (!(rule.model().trigger() instanceof Trigger.OnEvent on) || on.types().size() != 1 || rule.where != null
                || rule.inputs.asksEvent || rule.until != null) {
            return null;
        }
        Node.Threshold threshold = necessary(rule.when);
        return threshold == null
                ? null
                : new Gate(threshold,
                        rule.subjects.beyond.shared.of(rule.subjects, on.types().getFirst(), on.openMillis()));
    }

    private static Node.@Nullable Threshold necessary(Node node) {
        return switch (node) {
            case Node.AllOf all -> {
                Node.Threshold found = null;
                for (Node inner : all.of()) {
                    found = found == null ? necessary(inner) : found;
                }
                yield found;
            }
            case Node.Hold hold -> necessary(hold.inner());
            case Node.Threshold threshold -> switch (threshold.op()) {
                // What is made of a window is not looked up like a sample.
                case GT, GE, LT, LE -> threshold.series().window() == null ? threshold : null;
                case EQ, NE, MATCHES, NOT_MATCHES -> null;
            };
            case Node.AnyOf _,Node.Not _,Node.Comparison _,Node.Within _,Node.Outward _ -> null;
        };
    }

    boolean open(Sight sight) {
        return threshold.truth(sight) == Truth.TRUE;
    }
}
