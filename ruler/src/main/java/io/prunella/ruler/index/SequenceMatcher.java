package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
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
    private final Map<Integer, List<Deque<Arrival>>> waiting = new HashMap<>();
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
        List<Deque<Arrival>> before = waiting.getOrDefault(subject, List.of());
        forget(before, arrival.ts());
        List<Arrival> chain = takes[last()] && !before.isEmpty() ? chain(before, arrival) : List.of();
        if (chain.isEmpty()) {
            keep(subject, takes, arrival);
        } else {
            before.forEach(queue -> chain.forEach(used -> remove(queue, used)));
            events.begin(rule, subject, arrival, named(chain), Matcher.later(arrival.ts(), openMillis));
        }
        if (before.stream().allMatch(Deque::isEmpty) && !before.isEmpty()) {
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
                return queues.stream().allMatch(Deque::isEmpty);
            });
            sweepAt = Math.max(SWEEP_FROM, 2 * waiting.size());
        }
    }

    private List<Deque<Arrival>> queues() {
        List<Deque<Arrival>> queues = new ArrayList<>();
        for (int i = 0; i < last(); i++) {
            queues.add(new ArrayDeque<>());
        }
        return queues;
    }

    private void forget(List<Deque<Arrival>> queues, long now) {
        for (int i = 0; i < queues.size(); i++) {
            long wait = parts.get(i).waitMillis();
            Deque<Arrival> queue = queues.get(i);
            while (!queue.isEmpty() && Matcher.later(queue.getFirst().ts(), wait) < now) {
                queue.removeFirst();
            }
        }
    }

    private static void remove(Deque<Arrival> queue, Arrival used) {
        Iterator<Arrival> each = queue.iterator();
        while (each.hasNext()) {
            long number = each.next().number();
            if (number >= used.number()) {
                if (number == used.number()) {
                    each.remove();
                }
                return;
            }
        }
    }

    /** The events of a match that ends with {@code end}, which is the last of them; none if it ends none. */
    private List<Arrival> chain(List<Deque<Arrival>> queues, Arrival end) {
        List<List<Arrival>> leading = new ArrayList<>();
        List<Arrival> reach = List.of(end);
        for (int i = last() - 1; i >= 0; i--) {
            // Of those that may come first only the oldest is of interest.
            int most = i == 0 ? 1 : Integer.MAX_VALUE;
            reach = leadingTo(reach, queues.get(i), parts.get(i + 1).withinMillis(), most);
            if (reach.isEmpty()) {
                return List.of();
            }
            leading.addFirst(reach);
        }
        List<Arrival> chain = new ArrayList<>();
        long after = 0;
        for (List<Arrival> candidates : leading) {
            long bound = after;
            // Invariant: each candidate has a way to the end, and the first one after its predecessor is in time for it.
            Arrival next = candidates.stream().filter(c -> c.number() > bound).findFirst().orElseThrow();
            chain.add(next);
            after = next.number();
        }
        chain.add(end);
        return chain;
    }

    /** Those of {@code queue} after which one of {@code following} comes in time; both in order of arrival. */
    private static List<Arrival> leadingTo(List<Arrival> following, Deque<Arrival> queue, long within,
            int most) {
        List<Arrival> leading = new ArrayList<>();
        int at = 0;
        for (Arrival candidate : queue) {
            while (at < following.size() && following.get(at).number() <= candidate.number()) {
                at++;
            }
            if (at == following.size() || leading.size() == most) {
                break;
            }
            if (following.get(at).ts() - candidate.ts() <= within) {
                leading.add(candidate);
            }
        }
        return leading;
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
        events.end(rule, subject, resolved.ts(), open -> Matcher.means(resolved, open.seen));
    }

    @Override
    public long horizonMillis() {
        return Matcher.later(parts.getFirst().waitMillis(), openMillis);
    }
}
