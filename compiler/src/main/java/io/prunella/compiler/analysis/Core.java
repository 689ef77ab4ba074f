package io.prunella.compiler.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Finds the few conditions that contradict each other among many. */
final class Core {
    private Core() {}

    /**
     * The fewest that still contradict each other, in their order: without any of them, the rest does not.
     *
     * @param contradict whether some of them contradict each other; more of them do too
     */
    static <T> List<T> of(List<T> all, Predicate<List<T>> contradict) {
        List<T> core = new ArrayList<>();
        List<T> left = new ArrayList<>(all);
        while (!contradict.test(core)) {
            int few = 0;
            int enough = left.size();
            while (few + 1 < enough) {
                int middle = (few + enough) / 2;
                if (contradict.test(joined(core, left.subList(0, middle)))) {
                    enough = middle;
                } else {
                    few = middle;
                }
            }
            if (enough == 0) {
                return all;
            }
            core.add(left.get(enough - 1));
            left = new ArrayList<>(left.subList(0, enough - 1));
        }
        Collections.reverse(core);
        return core;
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }
}
