package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An event that comes several times within a window that includes its ends; what a match has taken is used up. */
final class TimesMatcher implements Matcher {
    private static final int SWEEP_FROM = 1024;

    private final Rule rule;
    private final Filter filter;
    private final Optional<String> alias;
    private final Window window;
    private final OpenIds ids = new OpenIds();
    /** By subject, times of events that are not used up. */
    private final Map<Integer, Deque<Long>> times = new HashMap<>();
    private int sweepAt = SWEEP_FROM;

    /** How many within which time, and for how long a match stays open. */
    record Window(int count, long millis, long openMillis) {}

    TimesMatcher(Rule rule, Filter filter, Optional<String> alias, Window window) {
        this.rule = rule;
        this.filter = filter;
        this.alias = alias;
        this.window = window;
    }

    @Override
    public void seen(Events events, int subject, Arrival arrival) {
        EventSeen seen = arrival.seen();
        if (ids.again(subject, seen) || !events.takes(rule, subject, filter, seen)) {
            return;
        }
        long closes = Matcher.later(arrival.ts(), window.openMillis());
        ids.open(subject, seen, closes);
        Deque<Long> before = times.computeIfAbsent(subject, _ -> new ArrayDeque<>(2));
        forget(before, arrival.ts());
        before.add(arrival.ts());
        if (before.size() == window.count()) {
            times.remove(subject);
            events.begin(rule, subject, arrival, alias.map(name -> Map.of(name, seen)).orElse(Map.of()), closes);
        } else if (times.size() > sweepAt) {
            times.values().removeIf(each -> {
                forget(each, arrival.ts());
                return each.isEmpty();
            });
            sweepAt = Math.max(SWEEP_FROM, 2 * times.size());
        }
    }

    private void forget(Deque<Long> before, long now) {
        while (!before.isEmpty() && now - before.getFirst() > window.millis()) {
            before.removeFirst();
        }
    }

    @Override
    public void resolved(Events events, int subject, EventSeen resolved) {
        ids.resolved(subject, resolved);
        events.end(rule, subject, resolved);
    }

    @Override
    public long horizonMillis() {
        return Matcher.later(window.millis(), window.openMillis());
    }
}
