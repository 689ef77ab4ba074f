package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which action takes which other one back, as the rules themselves say: the one action of {@code rollback} undoes the one
 * of {@code then}.
 *
 * <p>Where there are several, and in {@code after}, names tell: it undoes the action whose name its own contains
 * ({@code drain_node}, {@code undrain_node}), or that differs from it in one word ({@code stop_service},
 * {@code start_service}). Where they don't, nothing is known.
 */
record Undoing(Map<String, List<Pair>> byAction) {

    /** An action, what undoes it, and where that is said. */
    record Pair(String done, String undo, String file, Span span) {
        String partner(String action) {
            return action.equals(done) ? undo : done;
        }
    }

    static Undoing of(List<Profile> rules) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (Profile rule : rules) {
            List<String> done = rule.executes().stream().flatMap(step -> Steps.name(step).stream()).distinct()
                    .toList();
            List<Step.Invoke> rollback = Steps.of(Step.Verb.EXECUTE, rule.clauses().rollback());
            List<Step.Invoke> back = new ArrayList<>(rollback);
            back.addAll(Steps.of(Step.Verb.EXECUTE, rule.clauses().after()));
            boolean alone = done.size() == 1 && rollback.size() == 1;
            for (Step.Invoke step : back) {
                Steps.name(step).filter(undo -> !done.contains(undo))
                        .ifPresent(undo -> (alone && step.equals(rollback.getFirst())
                                ? Optional.of(done.getFirst())
                                : undone(undo, done))
                                .ifPresent(action -> pairs.putIfAbsent(action + '\n' + undo,
                                        new Pair(action, undo, rule.rule().file(), step.span()))));
            }
        }
        Map<String, List<Pair>> byAction = new LinkedHashMap<>();
        pairs.values().forEach(pair -> {
            byAction.computeIfAbsent(pair.done(), _ -> new ArrayList<>()).add(pair);
            byAction.computeIfAbsent(pair.undo(), _ -> new ArrayList<>()).add(pair);
        });
        return new Undoing(byAction);
    }

    private static Optional<String> undone(String undo, List<String> done) {
        return only(done.stream().filter(undo::contains).toList())
                .or(() -> only(done.stream().filter(action -> differsInOneWord(action, undo)).toList()));
    }

    private static Optional<String> only(List<String> found) {
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static boolean differsInOneWord(String a, String b) {
        List<String> left = List.of(a.split("_", -1));
        List<String> right = List.of(b.split("_", -1));
        if (left.size() != right.size() || left.size() < 2) {
            return false;
        }
        int different = 0;
        for (int i = 0; i < left.size(); i++) {
            different += left.get(i).equals(right.get(i)) ? 0 : 1;
        }
        return different == 1;
    }
}
