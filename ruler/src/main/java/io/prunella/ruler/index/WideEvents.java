package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that lack a label of {@code by}: they count for subjects still to come, for as long as they can matter. */
final class WideEvents {
    private static final int SWEEP_FROM = 1024;

    private final Deque<Arrival> events = new ArrayDeque<>();
    /** Alerts by their numbers, in the order in which they came. */
    private final Map<Long, Arrival> alerts = new LinkedHashMap<>();
    private final Map<Name, List<Long>> alertsOf = new HashMap<>();
    private int sweepAt = SWEEP_FROM;
    private final long horizonMillis;

    private record Name(String type, Optional<String> id) {
        static Name of(EventSeen seen) {
            return new Name(seen.type(), seen.id());
        }
    }

    WideEvents(long horizonMillis) {
        this.horizonMillis = horizonMillis;
    }

    void remember(Arrival arrival) {
        if (arrival.alert()) {
            alert(arrival);
            return;
        }
        while (!events.isEmpty() && Matcher.later(events.getFirst().ts(), horizonMillis) <= arrival.ts()) {
            events.removeFirst();
        }
        events.add(arrival);
    }

    /**
     * Of an alert, the first record counts, with the newest end; it is known a while longer than it lasts. Records that
     * speak of others under the same fingerprint are kept as they came: who is meant by both is not known yet.
     */
    private void alert(Arrival arrival) {
        List<Arrival> same = new ArrayList<>();
        for (Long number : alertsOf.getOrDefault(Name.of(arrival.seen()), List.of())) {
            Arrival before = alerts.get(number);
            if (before != null && known(before, arrival.ts())) {
                same.add(before);
            }
        }
        boolean told = arrival.seen().resolved() && same.isEmpty();
        boolean merges = same.stream().allMatch(before -> speaksOfTheSame(before, arrival));
        for (Arrival before : merges ? same : List.<Arrival>of()) {
            int order = Alerts.startsAt(before.seen()).compareTo(Alerts.startsAt(arrival.seen()));
            if (arrival.seen().resolved()) {
                told = true;
                if (order <= 0) {
                    alerts.put(before.number(), before.until(Math.min(before.ends(), arrival.ts())));
                }
            } else if (order == 0) {
                told = true;
                if (before.ends() > arrival.ts()) {
                    alerts.put(before.number(), before.until(arrival.ends()));
                }
            }
        }
        if (!told) {
            alerts.put(arrival.number(), arrival);
            alertsOf.computeIfAbsent(Name.of(arrival.seen()), _ -> new ArrayList<>(1)).add(arrival.number());
            if (alerts.size() > sweepAt) {
                sweep(arrival.ts());
            }
        }
    }

    private void sweep(long now) {
        alerts.values().removeIf(alert -> !known(alert, now));
        alertsOf.values().removeIf(numbers -> {
            numbers.removeIf(number -> !alerts.containsKey(number));
            return numbers.isEmpty();
        });
        sweepAt = Math.max(SWEEP_FROM, 2 * alerts.size());
    }

    private static boolean known(Arrival alert, long now) {
        return Matcher.later(alert.ends(), Rule.ALERT_KNOWN_MILLIS) > now;
    }

    private static boolean speaksOfTheSame(Arrival one, Arrival other) {
        return !one.seen().resolved() && one.seen().entity().equals(other.seen().entity())
                && one.seen().labels().equals(other.seen().labels());
    }

    /** An alert rule has alerts alone, any other events. */
    Iterable<Arrival> inOrder() {
        return alerts.isEmpty() ? events : List.copyOf(alerts.values());
    }
}
