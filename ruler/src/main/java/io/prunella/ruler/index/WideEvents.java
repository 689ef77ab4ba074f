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

    /** Of an alert, the first record counts, with the newest end; it is known a while longer than it lasts. */
    private void alert(Arrival arrival) {
        List<Arrival> kept = new ArrayList<>();
        boolean known = false;
        for (Arrival before : events) {
            Arrival now = before;
            if (Matcher.means(arrival.seen(), before.seen())) {
                int order = Alerts.startsAt(before.seen()).compareTo(Alerts.startsAt(arrival.seen()));
                if (arrival.seen().resolved() && order <= 0) {
                    now = before.until(Math.min(before.ends(), arrival.ts()));
                } else if (!arrival.seen().resolved() && order == 0) {
                    known = true;
                    now = before.ends() > arrival.ts() ? before.until(arrival.ends()) : before;
                }
            }
            if (Matcher.later(now.ends(), Rule.ALERT_KNOWN_MILLIS) > arrival.ts()) {
                kept.add(now);
            }
        }
        if (!known && !arrival.seen().resolved()) {
            kept.add(arrival);
        }
        events.clear();
        events.addAll(kept);
    }

    Iterable<Arrival> inOrder() {
        return events;
    }
}
