package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Firings that explain others for as long as they hold: their condition true, their event open. */
final class Causes {
    private final Round round;
    private final Sight sight;
    private final Breaches breaches;

    Causes(Round round, Sight sight, Breaches breaches) {
        this.round = round;
        this.sight = sight;
        this.breaches = breaches;
    }

    /** A firing that holds; {@code event} is null where none started it. */
    record Holding(@Nullable OpenEvent event, Object fact) {}

    /** A firing became a cause; one that still holds for the same event explains as much. */
    void begin(Instance instance, @Nullable OpenEvent event, Object fact) {
        if (instance.causes.isEmpty()) {
            instance.causes = new ArrayList<>(1);
        }
        instance.causes.add(new Holding(event, fact));
    }

    /** Whether anybody waits for its end. */
    boolean watched(Instance instance, OpenEvent event) {
        return instance.causes.stream().anyMatch(cause -> cause.event() == event);
    }

    /** Whether it is a cause already. */
    boolean holds(Instance instance, @Nullable OpenEvent event) {
        for (Holding cause : instance.causes) {
            if (cause.event() == event && !(cause.fact() instanceof LongConsumer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A rule was judged: what no longer holds ends here.
     *
     * @param fires whether the condition is true now, where it does not ask for the event
     */
    void judged(Instance instance, boolean fires) {
        List<Holding> causes = instance.causes;
        for (int i = causes.size() - 1; i >= 0; i--) {
            Holding cause = causes.get(i);
            if (!holds(instance, cause.event(), fires)) {
                causes.remove(i);
                tell(cause.fact());
            }
        }
    }

    private boolean holds(Instance instance, @Nullable OpenEvent event, boolean fires) {
        if (event == null) {
            return fires;
        }
        if (event.until <= round.now || !instance.events.contains(event)) {
            return false;
        }
        Rule rule = instance.rule;
        if (!rule.inputs.asksEvent) {
            return fires;
        }
        sight.at(rule.subjects, instance.subject, round.now, instance.holds).event = event;
        boolean blocked = rule.blocked(sight);
        return rule.when.truth(sight) == Truth.TRUE && !blocked;
    }

    private void tell(Object fact) {
        if (fact instanceof LongConsumer ended) {
            ended.accept(round.now);
        } else {
            breaches.ceased(fact, round.now);
        }
    }

    /** Its rule is gone, and with it what it explained. */
    void dismiss(Instance instance) {
        instance.causes.forEach(cause -> tell(cause.fact()));
        instance.causes = List.of();
    }
}
