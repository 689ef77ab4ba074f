package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** A firing became a cause; one that still holds for the same event explains as much. */
    void begin(Instance instance, @Nullable OpenEvent event, Object fact) {
        if (event == null) {
            instance.causes = with(instance.causes, fact);
            return;
        }
        event.causes = with(event.causes, fact);
        if (instance.causing.isEmpty()) {
            instance.causing = new LinkedHashSet<>();
        }
        instance.causing.add(event);
    }

    private static List<Object> with(List<Object> facts, Object fact) {
        List<Object> longer = facts.isEmpty() ? new ArrayList<>(1) : facts;
        longer.add(fact);
        return longer;
    }

    /** Whether anybody but a plan waits for the end of a firing that no event started. */
    boolean explains(Instance instance) {
        return instance.causes.stream().anyMatch(fact -> !(fact instanceof Cleared));
    }

    /** Whether it is a cause already. */
    boolean holds(Instance instance, @Nullable OpenEvent event) {
        for (Object fact : event == null ? instance.causes : event.causes) {
            if (!(fact instanceof LongConsumer) && !(fact instanceof Cleared)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A rule was judged: what no longer holds ends here.
     *
     * @param fires whether the condition is true now, where it does not ask for the event
     * @param seen its events of which something may have changed
     * @param marked whether besides those something may have changed that all of its events are judged by
     */
    void judged(Instance instance, boolean fires, List<OpenEvent> seen, boolean marked) {
        if (!fires && !instance.causes.isEmpty()) {
            instance.causes = left(instance, null, instance.causes);
        }
        if (instance.causing.isEmpty()) {
            return;
        }
        boolean all = instance.rule.inputs.asksEvent ? marked : !fires;
        for (OpenEvent event : all ? List.copyOf(instance.causing) : seen) {
            if (!event.causes.isEmpty() && !holds(instance, event, fires)) {
                event.causes = left(instance, event, event.causes);
                if (event.causes.isEmpty()) {
                    instance.causing.remove(event);
                }
            }
        }
    }

    /** Tells all for whom a firing that no longer holds is over; what is left are plans that have to wait on. */
    private List<Object> left(Instance instance, @Nullable OpenEvent event, List<Object> facts) {
        List<Object> left = List.of();
        for (Object fact : facts) {
            if (!(fact instanceof Cleared waiting)) {
                tell(fact);
            } else if (!cleared(instance, event, waiting)) {
                left = with(left, fact);
            }
        }
        return left;
    }

    /**
     * Whether a plan need not wait for the end of its breach any longer. Unknown ends nothing, and an event that only
     * expires was not taken back by anybody.
     */
    private boolean cleared(Instance instance, @Nullable OpenEvent event, Cleared waiting) {
        Rule rule = instance.rule;
        if (event != null && (event.until <= round.now || !instance.events.contains(event))) {
            if (event.until <= round.now && event.until < rule.closes(event.seen.ts())) {
                waiting.cleared("its event was resolved");
            }
            return true;
        }
        sight.at(rule.subjects, instance.subject, round.now, instance.holds).event = event;
        sight.withoutHolds = true;
        Truth truth = rule.when.truth(sight);
        sight.withoutHolds = false;
        boolean blocked = rule.unless != null && rule.unless.truth(sight) == Truth.TRUE;
        if (truth == Truth.FALSE) {
            waiting.cleared("its condition became false");
        } else if (blocked) {
            waiting.cleared("`unless` became true");
        }
        return truth == Truth.FALSE || blocked;
    }

    private boolean holds(Instance instance, OpenEvent event, boolean fires) {
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
        // A plan that waits goes on: what it was started for was not over when its rule went.
        instance.causes.stream().filter(fact -> !(fact instanceof Cleared)).forEach(this::tell);
        instance.causes = List.of();
        instance.causing.forEach(event -> event.causes.stream().filter(fact -> !(fact instanceof Cleared))
                .forEach(this::tell));
        instance.causing = Set.of();
    }
}
