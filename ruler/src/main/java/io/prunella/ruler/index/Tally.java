package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** How many of some entities there are, of how many it is known, and of how many it is true. */
final class Tally {
    int members;
    int known;
    int trues;
    /** Of how many it is unknown now, and was known once. */
    int lost;
    /** Whether it was changed since the rules were last told. */
    boolean changed;
    /** Subjects that look at this tally. */
    final Map<Subjects, LongSet> lookers = new HashMap<>();
    /** What each comparison with it was when it was last changed. */
    final IdentityHashMap<Node, Truth> truths = new IdentityHashMap<>();

    /** @param once whether it was known before */
    void add(Truth truth, boolean once) {
        count(truth, once, 1);
    }

    /** Takes back what was added so. */
    void remove(Truth truth, boolean once) {
        count(truth, once, -1);
    }

    private void count(Truth truth, boolean once, int by) {
        members += by;
        lost += truth == Truth.UNKNOWN && once ? by : 0;
        known += truth == Truth.UNKNOWN ? 0 : by;
        trues += truth == Truth.TRUE ? by : 0;
    }

    /** @param by how the fleet is divided; of the whole of it everybody is told anyway */
    void lookedAt(Subjects subjects, int subject, List<String> by) {
        if (by.isEmpty()) {
            return;
        }
        lookers.computeIfAbsent(subjects, _ -> new LongSet()).add(subject);
    }

    /** Of at least one. */
    Truth any() {
        return trues > 0 ? Truth.TRUE : known < members ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Of every one, and at least one. */
    Truth all() {
        return known > trues || members == 0 ? Truth.FALSE : known < members ? Truth.UNKNOWN : Truth.TRUE;
    }
}
