package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.Map;

/** Each event is one of the rule's; while an id is open, the same id again is the same event. */
final class PlainMatcher implements Matcher {
    private final Rule rule;
    private final Filter filter;
    private final long openMillis;

    PlainMatcher(Rule rule, Filter filter, long openMillis) {
        this.rule = rule;
        this.filter = filter;
        this.openMillis = openMillis;
    }

    @Override
    public void seen(Events events, int subject, Arrival arrival) {
        if (arrival.alert()) {
            alert(events, subject, arrival);
            return;
        }
        long until = Matcher.later(arrival.ts(), openMillis);
        if (!known(events, subject, arrival.seen()) && events.takes(rule, subject, filter, arrival.seen())) {
            events.begin(rule, subject, arrival, Map.of(), until);
        }
    }

    private boolean known(Events events, int subject, EventSeen seen) {
        return seen.id().isPresent() && events.meantBy(seen, rule, subject).stream()
                .anyMatch(other -> other.until > events.now());
    }

    /** The same fingerprint and start is the same alert, also when it is over; its end may have moved. */
    private void alert(Events events, int subject, Arrival arrival) {
        for (OpenEvent known : events.meantBy(arrival.seen(), rule, subject)) {
            if (Alerts.startsAt(arrival.seen()).equals(Alerts.startsAt(known.seen))) {
                if (!known.over && known.until > arrival.ts()) {
                    events.endAt(rule, subject, known, arrival.ends());
                }
                return;
            }
        }
        if (events.takes(rule, subject, filter, arrival.seen())) {
            events.begin(rule, subject, arrival, Map.of(), arrival.ends());
        }
    }

    @Override
    public void resolved(Events events, int subject, EventSeen resolved) {
        events.end(rule, subject, resolved);
    }

    @Override
    public long horizonMillis() {
        return openMillis;
    }
}
