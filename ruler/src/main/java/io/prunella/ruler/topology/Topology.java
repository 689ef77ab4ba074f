package io.prunella.ruler.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is in the inventory, with which labels, and who stands above whom. Immutable, so it may be shared by threads.
 *
 * <p>Ancestors are laid out when it is built, once for all entities with the same parents: each question is one
 * look-up. Entities go without the kind {@code node}.
 */
public final class Topology {
    /** How many levels may stand one above the other. */
    public static final int MOST_LEVELS = 100;

    /** Nobody, and no inventory. */
    public static final Topology EMPTY = new Topology(Map.of());

    private final Map<String, Entity> entities;
    private final Map<String, List<String>> byKind = new TreeMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, Above> above = new HashMap<>();

    /**
     * One of the inventory.
     *
     * @param name kind and name; the kind {@code node} may be left out
     * @param labels count for it where no record of its own says otherwise
     * @param parents those right above it; they need not be of the inventory themselves
     */
    public record Entity(String name, Map<String, String> labels, List<String> parents) {
        public Entity {
            name = Entities.withoutKind(name);
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            parents = parents.stream().map(Entities::withoutKind).distinct().toList();
        }
    }

    /** The topology, or why there can be none. */
    public record Built(Optional<Topology> topology, List<String> problems) {
        public Built {
            problems = List.copyOf(problems);
        }
    }

    /** All above an entity, nearest first, each with its distance. */
    private record Above(List<String> names, Map<String, Integer> distances, int depth) {
        static final Above NOBODY = new Above(List.of(), Map.of(), 0);
    }

    private Topology(Map<String, Entity> entities) {
        this.entities = entities;
        for (Entity entity : entities.values()) {
            byKind.computeIfAbsent(Entities.kind(entity.name()), _ -> new ArrayList<>()).add(entity.name());
            for (String parent : entity.parents()) {
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(entity.name());
            }
        }
    }

    /** Builds a topology; one with a circle, or with too many levels, is refused with the names that make it so. */
    public static Built of(Collection<Entity> inventory) {
        List<String> problems = new ArrayList<>();
        Map<String, Entity> entities = new TreeMap<>();
        for (Entity entity : inventory) {
            if (entities.put(entity.name(), entity) != null) {
                problems.add("`" + entity.name() + "` is there twice");
            }
        }
        problems.addAll(new Circles(entities).problems());
        if (!problems.isEmpty()) {
            return new Built(Optional.empty(), problems);
        }
        Topology topology = new Topology(entities);
        topology.layOut();
        return new Built(Optional.of(topology), List.of());
    }

    /** Lays out who is above whom, those above before those below; there are no circles any more. */
    private void layOut() {
        Map<List<String>, Above> known = new HashMap<>();
        for (String name : entities.keySet()) {
            above(name, known);
        }
    }

    private Above above(String name, Map<List<String>, Above> known) {
        Entity entity = entities.get(name);
        if (entity == null || entity.parents().isEmpty()) {
            return Above.NOBODY;
        }
        Above found = known.get(entity.parents());
        if (found == null) {
            found = merged(entity.parents(), known);
            known.put(entity.parents(), found);
        }
        above.put(name, found);
        return found;
    }

    private Above merged(List<String> parents, Map<List<String>, Above> known) {
        Map<String, Integer> distances = new LinkedHashMap<>();
        int depth = Integer.MAX_VALUE;
        for (String parent : parents) {
            distances.put(parent, 1);
        }
        for (String parent : parents) {
            Above further = above(parent, known);
            depth = Math.min(depth, further.depth() + 1);
            further.distances().forEach((name, distance) -> distances.merge(name, distance + 1, Math::min));
        }
        List<String> names = new ArrayList<>(distances.keySet());
        names.sort((a, b) -> Integer.compare(distances.getOrDefault(a, 0), distances.getOrDefault(b, 0)));
        return new Above(List.copyOf(names), Collections.unmodifiableMap(distances), depth);
    }

    /** Whether anybody is in the inventory; without one, those count that were seen in the last 24 h. */
    public boolean hasInventory() {
        return !entities.isEmpty();
    }

    /** Whether an entity is in the inventory. */
    public boolean contains(String entity) {
        return entities.containsKey(entity);
    }

    /** All of the inventory, by code points. */
    public Set<String> inventory() {
        return Collections.unmodifiableSet(entities.keySet());
    }

    /** All of one kind in the inventory, by code points. */
    public List<String> inventory(String kind) {
        return Collections.unmodifiableList(byKind.getOrDefault(kind, List.of()));
    }

    /** Labels of an entity of the inventory; none for others. */
    public Map<String, String> labels(String entity) {
        Entity found = entities.get(entity);
        return found == null ? Map.of() : found.labels();
    }

    /** Those right above, as written. */
    public List<String> parents(String entity) {
        Entity found = entities.get(entity);
        return found == null ? List.of() : found.parents();
    }

    /** Those right below, by code points. */
    public List<String> children(String entity) {
        return Collections.unmodifiableList(children.getOrDefault(entity, List.of()));
    }

    /** All above, nearest first; of equally near ones in the order in which the parents are written. */
    public List<String> ancestors(String entity) {
        return above.getOrDefault(entity, Above.NOBODY).names();
    }

    /** Whether {@code upper} stands above {@code lower}, at any distance; nobody stands above itself. */
    public boolean isAncestor(String upper, String lower) {
        return above.getOrDefault(lower, Above.NOBODY).distances().containsKey(upper);
    }

    /** How many levels lie between an entity and the root nearest to it; 0 for a root and for a stranger. */
    public int depth(String entity) {
        return above.getOrDefault(entity, Above.NOBODY).depth();
    }

    /** All below, at any distance, nearest first; for what is done now and then, as it walks down. */
    public List<String> descendants(String entity) {
        Set<String> found = new LinkedHashSet<>(children(entity));
        List<String> level = children(entity);
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (String below : level) {
                for (String child : children(below)) {
                    if (found.add(child)) {
                        next.add(child);
                    }
                }
            }
            level = next;
        }
        return List.copyOf(found);
    }
}
