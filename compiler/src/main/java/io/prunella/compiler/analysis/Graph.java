package io.prunella.compiler.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What starts what, and the shortest way round where something starts itself. */
final class Graph {
    private final List<List<Edge>> edges = new ArrayList<>();

    /**
     * A way from one to another.
     *
     * @param cause for whoever made it
     */
    record Edge(int from, int to, @Nullable Object cause) {}

    /** Makes the next node; they are numbered from 0. */
    int node() {
        edges.add(new ArrayList<>());
        return edges.size() - 1;
    }

    void edge(int from, int to, @Nullable Object cause) {
        edges.get(from).add(new Edge(from, to, cause));
    }

    /** Of each part in which all reach each other, one shortest cycle through its first node. */
    List<List<Edge>> cycles() {
        int[] component = components();
        boolean[] seen = new boolean[edges.size()];
        List<List<Edge>> cycles = new ArrayList<>();
        for (int node = 0; node < edges.size(); node++) {
            if (!seen[component[node]]) {
                seen[component[node]] = true;
                List<Edge> cycle = shortest(node, component);
                if (!cycle.isEmpty()) {
                    cycles.add(cycle);
                }
            }
        }
        return cycles;
    }

    private List<Edge> shortest(int start, int[] component) {
        Map<Integer, Edge> into = new HashMap<>();
        Deque<Integer> reached = new ArrayDeque<>(List.of(start));
        while (!reached.isEmpty()) {
            for (Edge edge : edges.get(reached.removeFirst())) {
                if (component[edge.to()] == component[start] && into.putIfAbsent(edge.to(), edge) == null) {
                    reached.add(edge.to());
                }
            }
            if (into.containsKey(start)) {
                break;
            }
        }
        List<Edge> way = new ArrayList<>();
        int at = start;
        for (Edge edge = into.get(start); edge != null; edge = at == start ? null : into.get(at)) {
            way.add(edge);
            at = edge.from();
        }
        Collections.reverse(way);
        return way;
    }

    // Tarjan's, with its own stack, as chains of rules may be long.
    private int[] components() {
        int size = edges.size();
        int[] index = new int[size];
        int[] low = new int[size];
        int[] component = new int[size];
        int[] next = new int[size];
        Arrays.fill(index, -1);
        Arrays.fill(component, -1);
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Integer> calls = new ArrayDeque<>();
        int counter = 0;
        for (int root = 0; root < size; root++) {
            if (index[root] >= 0) {
                continue;
            }
            calls.push(root);
            while (!calls.isEmpty()) {
                int node = calls.getFirst();
                if (index[node] < 0) {
                    index[node] = counter;
                    low[node] = counter++;
                    open.push(node);
                }
                boolean descends = false;
                while (next[node] < edges.get(node).size()) {
                    int to = edges.get(node).get(next[node]).to();
                    if (index[to] < 0) {
                        calls.push(to);
                        descends = true;
                        break;
                    }
                    if (component[to] < 0) {
                        low[node] = Math.min(low[node], low[to]);
                    }
                    next[node]++;
                }
                if (descends) {
                    continue;
                }
                calls.pop();
                if (low[node] == index[node]) {
                    int member;
                    do {
                        member = open.pop();
                        component[member] = node;
                    } while (member != node);
                }
            }
        }
        return component;
    }
}
