package io.prunella.ruler.simulation;

import io.prunella.ruler.Observation;
import io.prunella.ruler.topology.Entities;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the entities that records name, by kind: the fleet, where there is no inventory. */
final class SeenEntities {
    private final Set<String> names = new HashSet<>();

    void add(String entity) {
        names.add(Entities.withoutKind(entity));
    }

    void add(Observation observation) {
        switch (observation) {
            case Observation.EventSeen event -> add(event.entity());
            case Observation.AlertSeen alert -> add(alert.entity());
            case Observation.StaleMarker marker -> add(marker.entity());
            case Observation.ProbeAnswer answer -> add(answer.entity());
            case Observation.Sample sample -> add(sample.entity());
            case Observation.Tick _ -> {
                // Names nobody.
            }
        }
    }

    SortedMap<String, Integer> byKind() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (String name : names) {
            if (!name.isEmpty()) {
                counts.merge(Entities.kind(name), 1, Integer::sum);
            }
        }
        return counts;
    }
}
