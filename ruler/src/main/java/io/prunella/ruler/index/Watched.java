package io.prunella.ruler.index;

import io.prunella.plan.HealOrder;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A condition that stands on its own for one subject, with the times of its holds. */
public final class Watched {
    private final Rule rule;
    private final Rule.Bound bound;
    /** Its number among the rule's conditions for the executor. */
    private final int index;
    private final int subject;
    private final @Nullable OpenEvent event;
    private final long[] holds;
    /** How long each hold lasts. */
    private final long[] after;
    private final long[] eventAfter;

    Watched(Rule rule, int index, Rule.Bound bound, int subject, HealOrder order) {
        this.index = index;
        this.rule = rule;
        this.bound = bound;
        this.subject = subject;
        this.event = order.event().isEmpty() ? null : event(order, Sight.unheld(bound.eventHolds().size()));
        this.holds = Sight.unheld(bound.holds().size());
        this.after = bound.holds().stream().mapToLong(millis -> millis).toArray();
        this.eventAfter = bound.eventHolds().stream().mapToLong(millis -> millis).toArray();
    }

    private static OpenEvent event(HealOrder order, long[] holds) {
        Map<String, Map<String, String>> byAlias = new LinkedHashMap<>();
        Map<String, String> own = new LinkedHashMap<>();
        order.event().forEach((name, value) -> Lookups.alias(name).ifPresentOrElse(
                alias -> byAlias.computeIfAbsent(alias, _ -> new LinkedHashMap<>())
                        .put(Lookups.withoutAlias(name), value),
                () -> own.put(name, value)));
        Map<String, EventSeen> named = new LinkedHashMap<>();
        byAlias.forEach((alias, attributes) -> named.put(alias, seen(order, attributes)));
        return new OpenEvent(new Arrival(seen(order, own), 0, Arrival.UNSAID), named, Long.MAX_VALUE, holds);
    }

    private static EventSeen seen(HealOrder order, Map<String, String> texts) {
        Map<String, Scalar> attributes = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        texts.forEach((name, value) -> {
            if (name.startsWith("labels.")) {
                labels.put(name.substring("labels.".length()), value);
            } else {
                attributes.put(name, new Scalar.Text(value));
            }
        });
        return new EventSeen(order.firedAt(), order.entity(), texts.getOrDefault("type", ""),
                Optional.ofNullable(texts.get("id")), false, attributes, labels);
    }

    Rule rule() {
        return rule;
    }

    /** What its clause is called. */
    String clause() {
        return LegNames.clause(rule.model(), index);
    }

    Node node() {
        return bound.node();
    }

    int subject() {
        return subject;
    }

    @Nullable
    OpenEvent event() {
        return event;
    }

    long[] holds() {
        return holds;
    }

    Clocks clocks() {
        return bound.clocks();
    }

    /** When a hold of it elapses if nothing happens; {@link Long#MAX_VALUE} if none is running. */
    long nextDue(long now) {
        long next = Judge.due(holds, after, now);
        return event == null ? next : Math.min(next, Judge.due(event.holds, eventAfter, now));
    }
}
