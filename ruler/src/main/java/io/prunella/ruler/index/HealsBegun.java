package io.prunella.ruler.index;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When plans began on which entity, by the rule that they are of and the actions that they run. */
final class HealsBegun {
    private final Map<String, Map<String, Deque<Begun>>> byName = new HashMap<>();
    private final Map<String, Set<Rule>> askers = new HashMap<>();

    private record Begun(long ts, String traceId) {}

    static String ofRule(String name) {
        return "rule " + name;
    }

    static String ofAction(String name) {
        return "action " + name;
    }

    /** A plan begins that was not skipped. */
    void begun(String rule, Collection<String> actions, Collection<String> entities, long ts, String traceId,
            Round round) {
        Set<String> names = new HashSet<>();
        names.add(ofRule(rule));
        actions.forEach(action -> names.add(ofAction(action)));
        for (String name : names) {
            for (String entity : new HashSet<>(entities)) {
                byName.computeIfAbsent(name, _ -> new HashMap<>()).computeIfAbsent(entity, _ -> new ArrayDeque<>(1))
                        .addLast(new Begun(ts, traceId));
                mark(name, entity, round);
            }
        }
    }

    /** A plan ended: skipped after all, it never began; else what was before it is of no interest any more. */
    void ended(String traceId, boolean skipped, Round round) {
        byName.forEach((name, entities) -> entities.forEach((entity, all) -> {
            boolean there = all.stream().anyMatch(begun -> begun.traceId().equals(traceId));
            if (there && skipped) {
                all.removeIf(begun -> begun.traceId().equals(traceId));
                mark(name, entity, round);
            } else if (there) {
                while (!all.element().traceId().equals(traceId)) {
                    all.remove();
                }
            }
        }));
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
        for (Rule rule : rules) {
            rule.inputs.heals.forEach(name -> askers.computeIfAbsent(name, _ -> new HashSet<>()).add(rule));
        }
    }
}
