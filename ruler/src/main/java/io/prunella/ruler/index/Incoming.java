package io.prunella.ruler.index;

import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.topology.Entities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows each event and each alert to the rules that wait for one. */
final class Incoming {
    private final World world;
    private final Births births;
    private final Events events;
    private final IntList concerned = new IntList();

    Incoming(World world, Births births, Events events) {
        this.world = world;
        this.births = births;
        this.events = events;
    }

    /** An event was opened or resolved. */
    void event(EventSeen seen) {
        String entity = Entities.withoutKind(seen.entity());
        EventSeen event = entity.equals(seen.entity())
                ? seen
                : new EventSeen(seen.ts(), entity, seen.type(), seen.id(), seen.resolved(), seen.attributes(),
                        seen.labels(), seen.depth());
        arrived(event, Arrival.UNSAID, world.book.onEvent(event.type()));
    }

    /** An alert fires, or is over. */
    void alert(AlertSeen alert) {
        arrived(Alerts.event(alert, Entities.withoutKind(alert.entity())), alert.endsAt().orElse(Long.MAX_VALUE),
                world.book.onAlert(alert.name()));
    }

    private void arrived(EventSeen event, long ends, RuleBook.Listeners listeners) {
        world.arrivals++;
        Arrival arrival = new Arrival(event, ++world.beyond.shared.arrived, ends);
        births.named(event.entity());
        for (Subjects subjects : world.groups.values()) {
            int before = subjects.size();
            List<@Nullable String> parts = subjects.parts(event.entity(), event.labels());
            subjects.matching(parts, concerned);
            births.welcome(subjects, before);
            boolean wide = parts.contains(null);
            if (wide) {
                subjects.wideEventTouches(parts, event.labels(), world.arrivals);
            }
            world.beyond.histories.seen(subjects, event, parts, concerned, world.round);
            for (int i = 0; i < concerned.size(); i++) {
                births.touch(subjects, concerned.get(i), event.labels());
            }
            for (Rule rule : listeners.each()) {
                if (rule.subjects == subjects) {
                    events.concern(rule, arrival, concerned, wide);
                }
            }
            for (Gates gates : listeners.gates()) {
                if (gates.events.subjects == subjects) {
                    concern(gates, arrival, wide);
                }
            }
        }
    }

    private void concern(Gates gates, Arrival arrival, boolean wide) {
        if (wide) {
            gates.rules.forEach(rule -> rule.wideEvents.remember(arrival));
        }
        for (int i = 0; i < concerned.size(); i++) {
            int subject = concerned.get(i);
            gates.events.show(subject, arrival, world.round.now);
            if (arrival.seen().resolved()) {
                gates.rules.forEach(rule -> events.end(rule, subject, arrival.seen()));
            } else if (world.recorder != null) {
                gates.rules.forEach(rule -> world.round.touch(rule, subject));
            } else {
                gates.touch(subject, world.series, world.round);
            }
        }
    }
}
