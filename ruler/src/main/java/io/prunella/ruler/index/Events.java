package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.EventSeen;
import java.util.List;

/** Which events are open for which rule and subject. */
final class Events {
    private final World world;
    private final Sight sight;
    private final Judge judge;

    Events(World world, Sight sight, Judge judge) {
        this.world = world;
        this.sight = sight;
        this.judge = judge;
    }

    /**
     * Opens or resolves an event for a rule.
     *
     * @param wide whether it lacks a label of {@code by}, and so counts for subjects still to come
     */
    void concern(Rule rule, EventSeen event, long number, IntList subjects, boolean wide) {
        if (wide) {
            rule.wideEvents.removeIf(before -> !open(rule, before.seen()));
            rule.wideEvents.add(new Rule.Wide(event, number));
        }
        for (int i = 0; i < subjects.size(); i++) {
            if (event.resolved()) {
                resolve(rule, subjects.get(i), event);
            } else {
                open(rule, subjects.get(i), event, number);
            }
        }
    }

    /** What a subject missed that was not there yet, in the order in which it came. */
    void replay(Rule rule, int subject, Rule.Wide wide) {
        if (wide.seen().resolved()) {
            resolve(rule, subject, wide.seen());
        } else {
            open(rule, subject, wide.seen(), wide.number());
        }
    }

    private boolean open(Rule rule, EventSeen seen) {
        return world.round.now < rule.closes(seen.ts());
    }

    static boolean ends(EventSeen resolved, EventSeen open) {
        return resolved.type().equals(open.type()) && (resolved.id().isEmpty() || resolved.id().equals(open.id()));
    }

    private void resolve(Rule rule, int subject, EventSeen event) {
        Instance instance = rule.instances.get(subject);
        if (instance == null) {
            return;
        }
        for (OpenEvent open : List.copyOf(instance.events)) {
            if (ends(event, open.seen)) {
                instance.events.remove(open);
                judge.forget(open);
                world.round.mark(rule, subject);
            }
        }
    }

    /** Opens an event for one subject, if it is one of the rule's and not known already. */
    private void open(Rule rule, int subject, EventSeen seen, long number) {
        Instance instance = rule.instances.get(subject);
        long until = rule.closes(seen.ts());
        if (until <= world.round.now || (instance != null && known(instance, seen))) {
            return;
        }
        long[] eventHolds = Sight.unheld(rule.inputs.eventHolds.size());
        OpenEvent event = new OpenEvent(seen, number, until, eventHolds);
        if (rule.where != null) {
            sight.at(rule.subjects, subject, world.round.now, new long[0]).event = event;
            LegNames.record(world.recorder, rule, "where", rule.where, sight);
            if (rule.where.truth(sight) != Truth.TRUE) {
                return;
            }
        }
        if (instance == null) {
            instance = world.round.instance(rule, subject, Sight.unheld(rule.inputs.holds.size()));
        }
        instance.events.add(event);
        world.round.mark(rule, subject);
    }

    /** While an id is open, the same id again is the same event. */
    private boolean known(Instance instance, EventSeen seen) {
        return seen.id().isPresent()
                && instance.events.stream().anyMatch(other -> ends(seen, other.seen) && other.until > world.round.now);
    }
}
