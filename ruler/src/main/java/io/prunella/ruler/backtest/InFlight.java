package io.prunella.ruler.backtest;

import io.prunella.ruler.backtest.Totals.Radius;
import io.prunella.ruler.topology.Entities;
import io.prunella.ruler.topology.Topology;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;

/** The targets that heals have in flight, and the most that there were; heals come in the order of their starts. */
final class InFlight {
    private final PriorityQueue<Heal> running = new PriorityQueue<>(Comparator.comparingLong(Heal::end));
    private final Map<String, Integer> targets = new HashMap<>();
    private int most;
    private long mostAt;
    private Set<String> kinds = Set.of();

    private record Heal(List<String> targets, long end) {}

    /** A heal is in flight at its own instant, however short it is. */
    void start(long at, long lengthMillis, List<String> of) {
        while (!running.isEmpty() && running.element().end() <= at) {
            for (String target : running.remove().targets()) {
                targets.computeIfPresent(target, (_, heals) -> heals == 1 ? null : heals - 1);
            }
        }
        running.add(new Heal(of, at + Math.max(lengthMillis, 1)));
        of.forEach(target -> targets.merge(target, 1, Integer::sum));
        if (targets.size() > most) {
            most = targets.size();
            mostAt = at;
            kinds = new HashSet<>();
            targets.keySet().forEach(target -> kinds.add(Entities.kind(target)));
        }
    }

    /** Of the inventory, or where there is none, of the entities seen. */
    Radius most(Topology topology, SortedMap<String, Integer> seen) {
        if (most == 0) {
            return Radius.NONE;
        }
        int size = kinds.stream().mapToInt(kind -> topology.hasInventory()
                ? topology.inventory(kind).size()
                : seen.getOrDefault(kind, 0)).sum();
        return new Radius(most, OptionalLong.of(mostAt), size == 0 ? 1 : Math.min(1, (double) most / size));
    }
}
