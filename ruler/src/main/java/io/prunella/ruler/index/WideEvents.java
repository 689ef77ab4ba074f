package io.prunella.ruler.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Events that lack a label of {@code by}: they count for subjects still to come, for as long as they can matter. */
final class WideEvents {
    private final Deque<Arrival> events = new ArrayDeque<>();
    private final long horizonMillis;

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
        List<Arrival> same = new ArrayList<>(events);
        same.removeIf(before -> !Matcher.means(arrival.seen(), before.seen()));
        List<Arrival> kept = new ArrayList<>();
        boolean told = arrival.seen().resolved() && same.isEmpty();
        boolean merges = same.stream().allMatch(before -> speaksOfTheSame(before, arrival));
        for (Arrival before : events) {
            Arrival now = before;
            if (merges && same.contains(before)) {
                int order = Alerts.startsAt(before.seen()).compareTo(Alerts.startsAt(arrival.seen()));
                if (arrival.seen().resolved()) {
                    told = true;
                    now = order <= 0 ? before.until(Math.min(before.ends(), arrival.ts())) : before;
                } else if (order == 0) {
                    told = true;
                    now = before.ends() > arrival.ts() ? before.until(arrival.ends()) : before;
                }
            }
            if (Matcher.later(now.ends(), Rule.ALERT_KNOWN_MILLIS) > arrival.ts()) {
                kept.add(now);
            }
        }
        if (!told) {
            kept.add(arrival);
        }
        events.clear();
        events.addAll(kept);
    }

    private static boolean speaksOfTheSame(Arrival one, Arrival other) {
        return !one.seen().resolved() && one.seen().entity().equals(other.seen().entity())
                && one.seen().labels().equals(other.seen().labels());
    }

    Iterable<Arrival> inOrder() {
        return events;
    }
}
