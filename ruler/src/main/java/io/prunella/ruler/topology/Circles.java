package io.prunella.ruler.topology;

import io.prunella.ruler.topology.Topology.Entity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out whether somebody stands above itself, or too far below its root, without recursion. */
final class Circles {
    private final Map<String, Entity> entities;
    /** How many levels are above, once that is known; {@link #UNDER_WAY} while it is being found out. */
    private final Map<String, Integer> levels = new HashMap<>();
    private static final int UNDER_WAY = -1;

    Circles(Map<String, Entity> entities) {
        this.entities = entities;
    }

    private static final class Visit {
        final String name;
        final List<String> parents;
        int next;
        int level;

        Visit(String name, List<String> parents) {
            this.name = name;
            this.parents = parents;
        }
    }

    /** The first circle, or the first entity that is too deep; none when all is well. */
    List<String> problems() {
        for (String name : entities.keySet()) {
            List<String> problems = from(name);
            if (!problems.isEmpty()) {
                return problems;
            }
        }
        return List.of();
    }

    private List<String> from(String start) {
        Deque<Visit> path = new ArrayDeque<>();
        if (!levels.containsKey(start)) {
            path.push(enter(start));
        }
        while (!path.isEmpty()) {
            Visit visit = path.element();
            if (visit.next == visit.parents.size()) {
                path.pop();
                levels.put(visit.name, visit.level);
                if (visit.level > Topology.MOST_LEVELS) {
                    return List.of("`" + visit.name + "` has more than " + Topology.MOST_LEVELS
                            + " levels above it in the topology");
                }
                Visit below = path.peek();
                if (below != null) {
                    below.level = Math.max(below.level, visit.level + 1);
                }
                continue;
            }
            String parent = visit.parents.get(visit.next++);
            Integer level = levels.get(parent);
            if (level == null) {
                path.push(enter(parent));
            } else if (level == UNDER_WAY) {
                return List.of(circle(path, parent));
            } else {
                visit.level = Math.max(visit.level, level + 1);
            }
        }
        return List.of();
    }

    private Visit enter(String name) {
        levels.put(name, UNDER_WAY);
        Entity entity = entities.get(name);
        return new Visit(name, entity == null ? List.of() : entity.parents());
    }

    private static String circle(Deque<Visit> path, String again) {
        List<String> names = new ArrayList<>();
        for (Visit visit : path) {
            names.addFirst("`" + visit.name + "`");
            if (visit.name.equals(again)) {
                break;
            }
        }
        names.add("`" + again + "`");
        return "the topology has a circle: " + String.join(" is below ", names);
    }
}
