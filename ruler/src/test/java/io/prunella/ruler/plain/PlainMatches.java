package io.prunella.ruler.plain;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.RuleModel.EventPart;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which events a trigger makes of all records, for one subject. */
final class PlainMatches {
    private final PlainWorld world;
    private final Map<String, String> subject;

    /**
     * An event that a rule may fire for.
     *
     * @param event the last of those that belong to it
     * @param named those that the trigger names
     * @param from and {@code to}: open on {@code [from, to)}
     */
    record Match(PlainRecord.Event event, Map<String, PlainRecord.Event> named, int arrival, long from, long to) {
        Match until(long end) {
            return new Match(event, named, arrival, from, end);
        }
    }

    private record Came(PlainRecord.Event event, int arrival) {}

    PlainMatches(PlainWorld world, Map<String, String> subject) {
        this.world = world;
        this.subject = subject;
    }

    /** All of them, in the order in which they came. */
    List<Match> of(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OnEvent on -> plain(on);
            case Trigger.OnAlert on -> alerts(on);
            case Trigger.Sequence on -> sequences(on);
            case Trigger.Times on -> times(on);
            case Trigger.Absence on -> absences(on);
            case Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ -> List.of();
        };
    }

    private boolean takes(List<String> types, Condition where, PlainRecord.Event event) {
        var as = new Match(event, Map.of(), 0, event.ts(), event.ts());
        NavigableSet<Long> now = new TreeSet<>(Set.of(event.ts()));
        return types.contains(event.type())
                && new PlainCondition(world, subject, Optional.of(as), now).at(where, event.ts()) == Truth.TRUE;
    }

    private boolean takes(EventPart part, PlainRecord.Event event) {
        return takes(part.types(), part.where(), event);
    }

    private interface Taking {
        boolean takes(PlainRecord.Event event);
    }

    /** What some part of a trigger takes; while an id is open, the same id again is the same event. */
    private List<Came> distinct(Taking any, long openMillis) {
        List<Came> events = new ArrayList<>();
        Map<List<String>, Long> open = new HashMap<>();
        for (int i = 0; i < world.records().size(); i++) {
            if (!(world.records().get(i) instanceof PlainRecord.Event event) || !PlainWorld.agrees(event, subject)) {
                continue;
            }
            if (event.resolved()) {
                open.keySet().removeIf(key -> key.get(0).equals(event.type())
                        && (event.id().isEmpty() || event.id().get().equals(key.get(1))));
                continue;
            }
            List<String> key = List.of(event.type(), event.id().orElse(""));
            boolean again = event.id().isPresent() && event.ts() < open.getOrDefault(key, Long.MIN_VALUE);
            if (!again && any.takes(event)) {
                open.put(key, event.ts() + openMillis);
                events.add(new Came(event, i));
            }
        }
        return events;
    }

    /** When a match ends: at the latest at {@code to}, else when its event is resolved. */
    private long end(PlainRecord.Event event, int arrival, long from, long to) {
        for (int i = arrival + 1; i < world.records().size(); i++) {
            if (world.records().get(i) instanceof PlainRecord.Event r && r.resolved() && r.ts() >= from && r.ts() < to
                    && PlainWorld.agrees(r, subject) && r.type().equals(event.type())
                    && (r.id().isEmpty() || r.id().equals(event.id()))) {
                return r.ts();
            }
        }
        return to;
    }

    private List<Match> plain(Trigger.OnEvent on) {
        return distinct(event -> takes(on.types(), on.where(), event), on.openMillis()).stream()
                .map(came -> match(came, Map.of(), came.event().ts(), on.openMillis())).toList();
    }

    private Match match(Came last, Map<String, PlainRecord.Event> named, long from, long openMillis) {
        return new Match(last.event(), named, last.arrival(), from,
                end(last.event(), last.arrival(), from, from + openMillis));
    }

    private List<Match> sequences(Trigger.Sequence on) {
        List<Match> matches = new ArrayList<>();
        List<Came> unused = new ArrayList<>();
        for (Came came : distinct(event -> on.parts().stream().anyMatch(p -> takes(p, event)), on.openMillis())) {
            unused.add(came);
            List<Came> chain = new ArrayList<>();
            if (ends(on.parts(), unused, came, chain)) {
                unused.removeAll(chain);
                Map<String, PlainRecord.Event> named = new HashMap<>();
                for (int i = 0; i < chain.size(); i++) {
                    PlainRecord.Event event = chain.get(i).event();
                    on.parts().get(i).alias().ifPresent(alias -> named.put(alias, event));
                }
                matches.add(match(came, named, came.event().ts(), on.openMillis()));
            }
        }
        return matches;
    }

    /** Whether a sequence ends with {@code last}, tried from the oldest first event on. */
    private boolean ends(List<EventPart> parts, List<Came> unused, Came last, List<Came> chain) {
        int place = chain.size();
        EventPart part = parts.get(place);
        for (Came candidate : unused) {
            boolean follows = chain.isEmpty() || (candidate.arrival() > chain.getLast().arrival()
                    && candidate.event().ts() - chain.getLast().event().ts() <= part.withinMillis());
            boolean inPlace = (place == parts.size() - 1) == (candidate.arrival() == last.arrival());
            if (follows && inPlace && takes(part, candidate.event())) {
                chain.add(candidate);
                if (candidate.arrival() == last.arrival() || ends(parts, unused, last, chain)) {
                    return true;
                }
                chain.removeLast();
            }
        }
        return false;
    }

    private List<Match> times(Trigger.Times on) {
        List<Match> matches = new ArrayList<>();
        List<Came> unused = new ArrayList<>();
        for (Came came : distinct(event -> takes(on.of(), event), on.openMillis())) {
            unused.add(came);
            unused.removeIf(c -> came.event().ts() - c.event().ts() > on.withinMillis());
            if (unused.size() == on.count()) {
                unused.clear();
                matches.add(match(came, named(on.of(), came), came.event().ts(), on.openMillis()));
            }
        }
        return matches;
    }

    private static Map<String, PlainRecord.Event> named(EventPart part, Came came) {
        return part.alias().map(alias -> Map.of(alias, came.event())).orElse(Map.of());
    }

    private List<Match> absences(Trigger.Absence on) {
        List<Match> matches = new ArrayList<>();
        List<Came> events = distinct(e -> takes(on.first(), e) || takes(on.without(), e), on.openMillis());
        for (Came a : events) {
            long from = a.event().ts();
            long to = from + on.withinMillis();
            if (!takes(on.first(), a.event())) {
                continue;
            }
            // An event that could be both is not followed by itself, nor by what came before it.
            boolean both = takes(on.without(), a.event());
            boolean cancelled = events.stream().anyMatch(b -> takes(on.without(), b.event())
                    && b.event().ts() >= from && b.event().ts() <= to && (!both || b.arrival() > a.arrival()));
            boolean resolved = end(a.event(), a.arrival(), from, to + 1) <= to;
            if (!cancelled && !resolved) {
                matches.add(match(a, named(on.first(), a), to, on.openMillis()));
            }
        }
        return matches;
    }

    private List<Match> alerts(Trigger.OnAlert on) {
        List<Match> matches = new ArrayList<>();
        Set<List<String>> known = new HashSet<>();
        for (int i = 0; i < world.records().size(); i++) {
            if (!(world.records().get(i) instanceof PlainRecord.Alert alert) || !on.names().contains(alert.name())
                    || !PlainWorld.agrees(alert, subject)) {
                continue;
            }
            long now = alert.ts();
            boolean over = alert.resolved() || alert.endsAt() <= now;
            String key = alert.name() + " " + alert.fingerprint();
            for (int k = 0; k < matches.size(); k++) {
                Match match = matches.get(k);
                long startsAt = (long) Objects.requireNonNull(match.event().attributes().get("startsAt"));
                boolean same = (match.event().type() + " " + match.event().id().orElseThrow()).equals(key)
                        && match.to() > now;
                if (same && over && startsAt <= alert.startsAt()) {
                    matches.set(k, match.until(now));
                } else if (same && !over && startsAt == alert.startsAt()) {
                    matches.set(k, match.until(alert.endsAt()));
                }
            }
            if (!over && known.add(List.of(key, Long.toString(alert.startsAt())))) {
                var event = new PlainRecord.Event(now, alert.entity(), alert.name(), Optional.of(alert.fingerprint()),
                        false, Map.of("startsAt", alert.startsAt()), alert.labels());
                matches.add(new Match(event, Map.of(), i, now, alert.endsAt()));
            }
        }
        return matches;
    }
}
