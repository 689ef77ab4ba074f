package io.prunella.ruler.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When plans began on which entity, by the rule that they are of and the actions that they run.
 *
 * <p>Of each name and entity the newest begin is known, and while plans are really run those from which it may turn out to
 * have been skipped. What only counts as run is remembered where a condition in force asks for it, so that firings of a
 * dry run leave nothing behind.
 */
final class HealsBegun {
    private final Map<String, Map<String, Deque<Begun>>> byName = new HashMap<>();
    /** Where plans are told that are really run and have not ended, by trace. */
    private final Map<String, List<Place>> running = new HashMap<>();
    /** Rules that are judged anew, by what they ask for. */
    private final Map<String, Set<Rule>> askers = new HashMap<>();
    /** All that any condition asks for, an executor's included. */
    private final Set<String> asked = new HashSet<>();

    private record Begun(long ts, String traceId) {}

    private record Place(String name, String entity) {}

    static String ofRule(String name) {
        return "rule " + name;
    }

    static String ofAction(String name) {
        return "action " + name;
    }

    /** Whether a plan's begin is of interest to anybody. */
    boolean remembers(boolean real) {
        return real || !asked.isEmpty();
    }

    /**
     * A plan begins that was not skipped.
     *
     * @param real whether it is really run, so that its end will be told
     */
    void begun(String rule, Collection<String> actions, Collection<String> entities, long ts, String traceId,
            boolean real, Round round) {
        Set<String> names = new LinkedHashSet<>();
        names.add(ofRule(rule));
        actions.forEach(action -> names.add(ofAction(action)));
        if (!real) {
            names.retainAll(asked);
        }
        for (String name : names) {
            for (String entity : new LinkedHashSet<>(entities)) {
                Deque<Begun> all = byName.computeIfAbsent(name, _ -> new HashMap<>()).computeIfAbsent(entity,
                        _ -> new ArrayDeque<>(1));
                if (real) {
                    running.computeIfAbsent(traceId, _ -> new ArrayList<>()).add(new Place(name, entity));
                } else {
                    all.clear();
                }
                all.addLast(new Begun(ts, traceId));
                mark(name, entity, round);
            }
        }
    }

    /** A plan ended: skipped after all, it never began; else what was before it is of no interest any more. */
    void ended(String traceId, boolean skipped, Round round) {
        List<Place> places = running.remove(traceId);
        if (places == null) {
            return;
        }
        for (Place place : places) {
            Map<String, Deque<Begun>> entities = byName.getOrDefault(place.name(), Map.of());
            Deque<Begun> all = entities.get(place.entity());
            if (all == null || all.stream().noneMatch(begun -> begun.traceId().equals(traceId))) {
                continue;
            }
            if (!skipped) {
                while (!all.element().traceId().equals(traceId)) {
                    all.remove();
                }
                continue;
            }
            all.removeIf(begun -> begun.traceId().equals(traceId));
            if (all.isEmpty()) {
                entities.remove(place.entity());
            }
            mark(place.name(), place.entity(), round);
        }
    }

    private void mark(String name, String entity, Round round) {
        IntList found = new IntList();
        for (Rule rule : askers.getOrDefault(name, Set.of())) {
            rule.subjects.ofEntity(entity, found);
            for (int i = 0; i < found.size(); i++) {
                round.mark(rule, found.get(i));
            }
            // Conditions of this round were judged already: what began now is seen from the next millisecond on.
            if (found.size() > 0) {
                round.wakeAt(round.now + 1);
            }
        }
    }

    /** When the last one began; {@link SeriesStore#NEVER} if none did. */
    long newest(String name, String entity) {
        Deque<Begun> all = byName.getOrDefault(name, Map.of()).get(entity);
        return all == null || all.isEmpty() ? SeriesStore.NEVER : all.getLast().ts();
    }

    /** Other rules are in force. */
    void askers(List<Rule> rules) {
        askers.clear();
        asked.clear();
        for (Rule rule : rules) {
            rule.inputs.heals.forEach(name -> askers.computeIfAbsent(name, _ -> new HashSet<>()).add(rule));
            rule.lowered().forEach(lowered -> asked.addAll(lowered.heals));
        }
    }
}
