package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.EventSeen;
import java.util.List;
import java.util.Map;

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
     * Shows a rule an event or its end.
     *
     * @param wide whether it lacks a label of {@code by}, and so counts for subjects still to come
     */
    void concern(Rule rule, Arrival arrival, IntList subjects, boolean wide) {
        if (wide) {
            rule.wideEvents.remember(arrival);
        }
        for (int i = 0; i < subjects.size(); i++) {
            show(rule, subjects.get(i), arrival);
        }
    }

    /** Shows it for one subject, be it one that was not there when it came. */
    void show(Rule rule, int subject, Arrival arrival) {
        Matcher matcher = rule.matcher;
        if (matcher == null) {
            return;
        }
        if (rule.gate != null) {
            rule.gate.events().show(subject, arrival, world.round.now);
            world.round.touch(rule, subject);
            return;
        }
        if (arrival.seen().resolved()) {
            matcher.resolved(this, subject, arrival.seen());
        } else {
            matcher.seen(this, subject, arrival);
        }
    }

    long now() {
        return world.round.now;
    }

    /** Open events, and those that are still known, of a type and id; of all ids when there is none. */
    List<OpenEvent> meantBy(EventSeen seen, Rule rule, int subject) {
        Instance instance = rule.instances.get(subject);
        return instance == null ? List.of() : instance.events.meantBy(seen);
    }

    /** Whether an event is one that a part of the rule's trigger means. */
    boolean takes(Rule rule, int subject, Matcher.Filter filter, EventSeen seen) {
        if (!filter.types().contains(seen.type())) {
            return false;
        }
        Node where = filter.where();
        if (where == null) {
            return true;
        }
        sight.at(rule.subjects, subject, world.round.now, new long[0]).event = new OpenEvent(
                new Arrival(seen, 0, Arrival.UNSAID), Map.of(), Long.MAX_VALUE, new long[0]);
        LegNames.record(world.recorder, rule, "where", where, sight);
        return where.truth(sight) == Truth.TRUE;
    }

    /** An event of the rule's begins, unless it is over already; an alert that is over stays known. */
    void begin(Rule rule, int subject, Arrival arrival, Map<String, EventSeen> named, long until) {
        if (until <= world.round.now && !arrival.alert()) {
            return;
        }
        Instance instance = rule.instances.get(subject);
        if (instance == null) {
            instance = world.round.instance(rule, subject, Sight.unheld(rule.holds.length));
        }
        instance.events.add(new OpenEvent(arrival, named, until, Sight.unheld(rule.eventHolds.length)),
                world.round.now);
        world.round.touch(rule, subject);
    }

    /** What a record resolves is over, from its time on. */
    void end(Rule rule, int subject, EventSeen resolved) {
        for (OpenEvent open : meantBy(resolved, rule, subject)) {
            // A late word of an alert's end says nothing of one that has started since.
            if (!open.over && open.until > resolved.ts()
                    && Alerts.startsAt(open.seen).compareTo(Alerts.startsAt(resolved)) <= 0) {
                endAt(rule, subject, open, resolved.ts());
            }
        }
    }

    /** An event is over, or will be, at another instant than was thought. */
    void endAt(Rule rule, int subject, OpenEvent open, long until) {
        open.until = until;
        if (until <= world.round.now) {
            judge.forget(open);
        }
        Instance instance = rule.instances.get(subject);
        if (instance != null) {
            instance.events.due(open, Math.min(open.due, Math.max(until, world.round.now)));
        }
        world.round.touch(rule, subject);
    }

    /** Sees to it that the rule is looked at when something of its trigger comes due. */
    void wake(Rule rule, long due) {
        world.round.wake(rule, due);
    }
}
