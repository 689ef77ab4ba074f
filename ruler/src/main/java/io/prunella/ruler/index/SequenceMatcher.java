package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events one after the other on one subject. An event that ends a sequence takes the oldest first event that it can, then
 * the oldest second one, and so on; what a match has taken is used up.
 *
 * <p>What is kept are the events that a later one can still complete, and no others.
 */
final class SequenceMatcher implements Matcher {
    private static final int SWEEP_FROM = 1024;

    private final Rule rule;
    private final List<Part> parts;
    private final long openMillis;
    private final OpenIds ids = new OpenIds();
    /** By subject, what of the parts but the last has come, each in order of arrival. */
    private final Map<Integer, List<SequenceQueue>> waiting = new HashMap<>();
    private int sweepAt = SWEEP_FROM;

    /**
     * One event of the sequence.
     *
     * @param withinMillis from the event before it, end included
     * @param waitMillis for how long after it the sequence may still end
     */
    record Part(Filter filter, Optional<String> alias, long withinMillis, long waitMillis) {}

    SequenceMatcher(Rule rule, List<Part> parts, long openMillis) {
        this.rule = rule;
        this.parts = List.copyOf(parts);
        this.openMillis = openMillis;
    }

    private int last() {
        return parts.size() - 1;
    }

    @Override
    public void seen(Events events, int subject, Arrival arrival) {
        if (ids.again(subject, arrival.seen())) {
            return;
        }
        boolean ofAny = false;
        boolean[] takes = new boolean[parts.size()];
        for (int i = 0; i < takes.length; i++) {
            takes[i] = events.takes(rule, subject, parts.get(i).filter(), arrival.seen());
            ofAny |= takes[i];
        }
        if (!ofAny) {
            return;
        }
        ids.open(subject, arrival.seen(), Matcher.later(arrival.ts(), openMillis));
        List<SequenceQueue> before = waiting.getOrDefault(subject, List.of());
        forget(before, arrival.ts());
        List<Arrival> chain = takes[last()] && !before.isEmpty() ? chain(before, arrival) : List.of();
        if (chain.isEmpty()) {
            keep(subject, takes, arrival);
        } else {
            before.forEach(queue -> chain.forEach(queue::remove));
            events.begin(rule, subject, arrival, named(chain), Matcher.later(arrival.ts(), openMillis));
        }
        if (before.stream().allMatch(SequenceQueue::isEmpty) && !before.isEmpty()) {
            waiting.remove(subject);
        }
    }

    private void keep(int subject, boolean[] takes, Arrival arrival) {
        for (int i = 0; i < last(); i++) {
            if (takes[i]) {
                waiting.computeIfAbsent(subject, _ -> queues()).get(i).add(arrival);
            }
        }
        if (waiting.size() > sweepAt) {
            waiting.values().removeIf(queues -> {
                forget(queues, arrival.ts());
                return queues.stream().allMatch(SequenceQueue::isEmpty);
            });
            sweepAt = Math.max(SWEEP_FROM, 2 * waiting.size());
        }
    }

    private List<SequenceQueue> queues() {
        List<SequenceQueue> queues = new ArrayList<>();
        for (int i = 0; i < last(); i++) {
            queues.add(new SequenceQueue());
        }
        return queues;
    }

    private void forget(List<SequenceQueue> queues, long now) {
        for (int i = 0; i < queues.size(); i++) {
            queues.get(i).forgetBefore(now - parts.get(i).waitMillis());
        }
    }

    /** The events of a match that ends with {@code end}, which is the last of them; none if it ends none. */
    private List<Arrival> chain(List<SequenceQueue> queues, Arrival end) {
        // Before its place, no event of a part can still lead to the end.
        int[] from = new int[last()];
        Arrival following = end;
        for (int i = last() - 1; i >= 0; i--) {
            from[i] = queues.get(i).since(following.ts() - parts.get(i + 1).withinMillis());
            Arrival oldest = queues.get(i).at(from[i]);
            if (oldest == null) {
                return List.of();
            }
            following = oldest;
        }
        List<Arrival> chain = new ArrayList<>();
        if (leads(queues, from, chain)) {
            chain.add(end);
        }
        return chain;
    }

    /** Goes on from a chain to the end, by the oldest events that get there. */
    private boolean leads(List<SequenceQueue> queues, int[] from, List<Arrival> chain) {
        int part = chain.size();
        if (part == last()) {
            return true;
        }
        SequenceQueue queue = queues.get(part);
        Arrival before = chain.isEmpty() ? null : chain.getLast();
        int place = before == null ? from[part] : Math.max(from[part], queue.after(before.number()));
        for (Arrival next = queue.at(place); next != null && (before == null
                || next.ts() - before.ts() <= parts.get(part).withinMillis()); next = queue.at(place)) {
            place = queue.place(place) + 1;
            // Invariant: whatever lies before it was tried, and leads nowhere whoever came first.
            from[part] = place;
            chain.add(next);
            if (leads(queues, from, chain)) {
                return true;
            }
            chain.removeLast();
        }
        return false;
    }

    private Map<String, EventSeen> named(List<Arrival> chain) {
        Map<String, EventSeen> named = new LinkedHashMap<>();
        for (int i = 0; i < chain.size(); i++) {
            EventSeen seen = chain.get(i).seen();
            parts.get(i).alias().ifPresent(alias -> named.put(alias, seen));
        }
        return named;
    }

    /** What has happened stays so; only the match is over, when its event is, and an id may come anew. */
    @Override
    public void resolved(Events events, int subject, EventSeen resolved) {
        ids.resolved(subject, resolved);
        events.end(rule, subject, resolved);
    }

    @Override
    public long horizonMillis() {
        return Matcher.later(parts.getFirst().waitMillis(), openMillis);
    }
}
