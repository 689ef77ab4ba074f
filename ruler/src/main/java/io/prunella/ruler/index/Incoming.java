package io.prunella.ruler.index;

import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.topology.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows each event and each alert to the rules that wait for one. */
final class Incoming {
    private final World world;
    private final Births births;
    private final Events events;
    private final IntList concerned = new IntList();
    private final List<EventKey> keys = new ArrayList<>();
    private final Map<List<?>, Integer> numbers = new HashMap<>();

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

    /** Other rules are in force: nothing of the old ones is kept. */
    void rulesChanged() {
        for (EventKey key : keys) {
            key.routedBy = null;
            key.routes = null;
        }
    }

    /** The number of an event without id and attributes that may come again. */
    int key(String entity, String type, Map<String, String> labels) {
        EventKey key = new EventKey(Entities.withoutKind(entity), type, labels);
        Integer known = numbers.putIfAbsent(List.of(key.entity, type, key.labels), keys.size());
        if (known != null) {
            return known;
        }
        keys.add(key);
        return keys.size() - 1;
    }

    /** What an event of that number is, come now. */
    EventSeen seen(int number) {
        return keys.get(number).seen(world.round.now);
    }

    /** It was opened. */
    void event(int number) {
        EventKey key = keys.get(number);
        if (key.routedBy != world.book) {
            route(key);
        }
        List<EventKey.Route> routes = key.routes;
        if (routes == null) {
            arrived(key.seen(world.round.now), Arrival.UNSAID, world.book.onEvent(key.type));
            return;
        }
        world.arrivals++;
        long place = ++world.beyond.shared.arrived;
        world.beyond.fleet.presence().named(key.named);
        for (int i = 0; i < routes.size(); i++) {
            follow(key, routes.get(i), place);
        }
    }

    private void follow(EventKey key, EventKey.Route route, long place) {
        long now = world.round.now;
        Arrival arrival = null;
        for (int i = 0; i < route.each.size(); i++) {
            Rule rule = route.each.get(i);
            AbsenceMatcher.Part part = route.parts.get(i);
            if (part != AbsenceMatcher.Part.ASKED && rule.matcher instanceof AbsenceMatcher absences) {
                absences.seen(events, route.subject, key, part, now, place);
            } else {
                arrival = arrival == null ? key.arrival(now, place) : arrival;
                events.show(rule, route.subject, arrival);
            }
        }
        for (int i = 0; i < route.gates.size(); i++) {
            arrival = arrival == null ? key.arrival(now, place) : arrival;
            concern(route.gates.get(i), route.subject, arrival);
        }
    }

    /** Finds whom it concerns, once all of its subjects are there. */
    private void route(EventKey key) {
        key.routes = null;
        int entity = world.entities.find(List.of(key.entity));
        if (entity < 0) {
            return;
        }
        RuleBook.Listeners listeners = world.book.onEvent(key.type);
        List<EventKey.Route> routes = new ArrayList<>();
        boolean plain = key.labels.isEmpty();
        for (Subjects subjects : world.groups.values()) {
            List<Rule> each = listeners.each().stream().filter(rule -> rule.subjects == subjects).toList();
            List<Gates> gates = listeners.gates().stream().filter(one -> one.events.subjects == subjects).toList();
            List<@Nullable String> parts = subjects.parts(key.entity, key.labels);
            boolean wide = parts.contains(null);
            int subject = wide ? -1 : subjects.find(parts);
            if (!wide && subject < 0) {
                return;
            }
            boolean concerns = !each.isEmpty() || !gates.isEmpty();
            plain &= !world.beyond.histories.keeps(subjects, key.type) && !(wide && concerns);
            if (concerns) {
                routes.add(
                        new EventKey.Route(subject, each, gates, each.stream().map(rule -> part(rule, key)).toList()));
            }
        }
        key.named = entity;
        key.routedBy = world.book;
        key.routes = plain ? routes : null;
    }

    private static AbsenceMatcher.Part part(Rule rule, EventKey key) {
        return rule.matcher instanceof AbsenceMatcher absences
                ? absences.part(key.type)
                : AbsenceMatcher.Part.ASKED;
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
            concern(gates, concerned.get(i), arrival);
        }
    }

    private void concern(Gates gates, int subject, Arrival arrival) {
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
