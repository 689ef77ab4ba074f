package io.prunella.ruler.index;

import static java.util.Objects.requireNonNull;

import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.topology.Entities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows each event and each alert to the rules that wait for one. */
final class Incoming {
    private static final int UNKNOWN = -1;

    private final World world;
    private final Births births;
    private final Events events;
    private final IntList concerned = new IntList();
    private final Map<List<?>, EventKey.Kind> kinds = new HashMap<>();
    private final Map<EventKey, Integer> numbers = new HashMap<>();
    /** By their numbers. */
    private @Nullable EventKey[] keys = new @Nullable EventKey[16];
    /** The number of an event's entity, once that is there. */
    private int[] subjectOf = new int[16];

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
        for (EventKey.Kind kind : kinds.values()) {
            kind.routed = false;
            kind.routes = null;
        }
    }

    /** The number of an event without id and attributes that may come again. */
    int key(String entity, String type, Map<String, String> labels) {
        EventKey.Kind kind = kinds.computeIfAbsent(List.of(type, labels), _ -> new EventKey.Kind(type, labels));
        EventKey key = new EventKey(Entities.withoutKind(entity), kind);
        int number = numbers.size();
        Integer known = numbers.putIfAbsent(key, number);
        if (known != null) {
            return known;
        }
        if (number == keys.length) {
            keys = Arrays.copyOf(keys, number * 2);
            subjectOf = Arrays.copyOf(subjectOf, number * 2);
        }
        keys[number] = key;
        subjectOf[number] = UNKNOWN;
        return number;
    }

    private EventKey keyed(int number) {
        return requireNonNull(keys[number]);
    }

    /** What an event of that number is, come now. */
    EventSeen seen(int number) {
        return keyed(number).seen(world.round.now);
    }

    /** It was opened. */
    void event(int number) {
        EventKey.Kind kind = keyed(number).kind();
        int subject = subjectOf[number];
        if (subject == UNKNOWN) {
            subject = world.entities.find(List.of(keyed(number).entity()));
            subjectOf[number] = subject;
        }
        if (!kind.routed) {
            route(kind);
        }
        List<EventKey.Route> routes = kind.routes;
        if (subject == UNKNOWN || routes == null) {
            arrived(seen(number), Arrival.UNSAID, world.book.onEvent(kind.type));
            return;
        }
        world.arrivals++;
        long place = ++world.beyond.shared.arrived;
        world.beyond.fleet.presence().named(subject);
        for (int i = 0; i < routes.size(); i++) {
            EventKey.Route route = routes.get(i);
            follow(number, route, route.subject < 0 ? subject : route.subject, place);
        }
    }

    private void follow(int number, EventKey.Route route, int subject, long place) {
        long now = world.round.now;
        Arrival arrival = null;
        for (int i = 0; i < route.each.length; i++) {
            Rule rule = route.each[i];
            AbsenceMatcher.Part part = route.parts[i];
            if (part != AbsenceMatcher.Part.ASKED && rule.matcher instanceof AbsenceMatcher absences) {
                absences.seen(events, subject, keyed(number), part, now, place);
            } else {
                arrival = arrival == null ? keyed(number).arrival(now, place) : arrival;
                events.show(rule, subject, arrival);
            }
        }
        for (Gates gates : route.gates) {
            arrival = arrival == null ? keyed(number).arrival(now, place) : arrival;
            concern(gates, subject, arrival);
        }
    }

    /** Finds what such an event concerns, given that its entity is there. */
    private void route(EventKey.Kind kind) {
        RuleBook.Listeners listeners = world.book.onEvent(kind.type);
        List<EventKey.Route> routes = new ArrayList<>();
        // Labels are remembered of each event; without any, a group by another label is concerned with all its subjects.
        boolean plain = kind.labels.isEmpty();
        for (Subjects subjects : world.groups.values()) {
            List<Rule> each = listeners.each().stream().filter(rule -> rule.subjects == subjects).toList();
            List<Gates> gates = listeners.gates().stream().filter(one -> one.events.subjects == subjects).toList();
            boolean own = subjects == world.entities || subjects.ofPack();
            boolean concerns = !each.isEmpty() || !gates.isEmpty();
            plain &= !world.beyond.histories.keeps(subjects, kind.type) && (own || !concerns);
            if (concerns) {
                routes.add(new EventKey.Route(subjects.ofPack() ? 0 : -1, each.toArray(Rule[]::new),
                        gates.toArray(Gates[]::new),
                        each.stream().map(rule -> part(rule, kind)).toArray(AbsenceMatcher.Part[]::new)));
            }
        }
        kind.routed = true;
        kind.routes = plain ? routes : null;
    }

    private static AbsenceMatcher.Part part(Rule rule, EventKey.Kind kind) {
        return rule.matcher instanceof AbsenceMatcher absences
                ? absences.part(kind.type)
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
