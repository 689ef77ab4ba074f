package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of the fleet, divided by the values of some labels, with a tally of each part.
 *
 * <p>What one member says anew moves at most two counters, and only rules of which a comparison is another then are
 * judged.
 */
final class Pool {
    final List<String> by;
    private final Subjects members;
    private final Map<List<String>, Tally> tallies = new HashMap<>();
    private final List<Tally> changed = new ArrayList<>();
    private final Map<Tally, List<String>> keys = new HashMap<>();
    /** Where each entity is counted, and as what. */
    private @Nullable Tally[] counted = new @Nullable Tally[16];
    private @Nullable Truth[] as = new @Nullable Truth[16];
    private boolean[] lost = new boolean[16];
    /** Rules that ask, each with the comparisons that are the same for all subjects of one part. */
    private final Map<Rule, Asker> askers = new LinkedHashMap<>();

    /**
     * What a rule asks.
     *
     * @param shared comparisons over nothing but this pool
     */
    private static final class Asker {
        final List<Node> shared = new ArrayList<>();
        /** Whether the pool is compared with what each subject has for itself, so that any change counts. */
        boolean loose;
    }

    Pool(List<String> by, Subjects members) {
        this.by = List.copyOf(by);
        this.members = members;
    }

    /** The part with these values of the labels. */
    Tally of(List<String> key) {
        return tallies.computeIfAbsent(key, _ -> {
            Tally tally = new Tally();
            keys.put(tally, key);
            return tally;
        });
    }

    /**
     * An entity is counted as {@code truth} in a part from here on; null: nowhere.
     *
     * @param once whether it was known of it before
     */
    void put(int subject, List<String> key, @Nullable Truth truth, boolean once) {
        if (subject >= counted.length) {
            int length = Math.max(subject + 1, counted.length * 2);
            counted = Arrays.copyOf(counted, length);
            as = Arrays.copyOf(as, length);
            lost = Arrays.copyOf(lost, length);
        }
        Tally before = counted[subject];
        Tally now = truth == null ? null : of(key);
        Truth was = as[subject];
        if (before == now && was == truth) {
            return;
        }
        if (before != null && was != null) {
            before.remove(was, lost[subject]);
            changed(before);
        }
        if (now != null && truth != null) {
            now.add(truth, once);
            changed(now);
        }
        counted[subject] = now;
        as[subject] = truth;
        lost[subject] = once;
    }

    /** Some of a part of whom it is true, for people. */
    List<String> trues(Tally part, int most) {
        List<String> found = new ArrayList<>();
        for (int subject = 0; subject < counted.length && found.size() < most; subject++) {
            if (counted[subject] == part && as[subject] == Truth.TRUE) {
                found.add(members.entityOf(subject));
            }
        }
        return found;
    }

    /** Counts nobody any more; all of it is told anew. */
    void clear() {
        for (Tally tally : tallies.values()) {
            tally.members = 0;
            tally.known = 0;
            tally.trues = 0;
            tally.lost = 0;
            changed(tally);
        }
        Arrays.fill(counted, null);
        Arrays.fill(as, null);
    }

    private void changed(Tally tally) {
        if (!tally.changed) {
            tally.changed = true;
            changed.add(tally);
        }
    }

    void forgetAskers() {
        askers.clear();
        tallies.values().forEach(tally -> tally.truths.clear());
    }

    /** @param shared null when it is compared with what each subject has for itself */
    void asks(Rule rule, @Nullable Node shared) {
        Asker asker = askers.computeIfAbsent(rule, _ -> new Asker());
        if (shared == null) {
            asker.loose = true;
        } else {
            asker.shared.add(shared);
        }
    }

    /** Has the rules judged that changes since the last call may concern. */
    void tell(Sight sight, Round round) {
        for (Tally tally : changed) {
            tally.changed = false;
            askers.forEach((rule, asker) -> {
                if (turned(tally, rule, asker, sight, round)) {
                    mark(tally, rule, round);
                }
            });
        }
        changed.clear();
    }

    private boolean turned(Tally tally, Rule rule, Asker asker, Sight sight, Round round) {
        boolean turned = asker.loose;
        for (Node node : asker.shared) {
            sight.at(rule.subjects, 0, round.now, new long[0]).part = keys.get(tally);
            Truth truth = node.truth(sight);
            sight.part = null;
            turned |= tally.truths.put(node, truth) != truth;
        }
        return turned;
    }

    private void mark(Tally tally, Rule rule, Round round) {
        if (by.isEmpty()) {
            for (int subject = 0; subject < rule.subjects.size(); subject++) {
                round.mark(rule, subject);
            }
            return;
        }
        LongSet lookers = tally.lookers.get(rule.subjects);
        for (int i = 0; lookers != null && i < lookers.size(); i++) {
            round.mark(rule, (int) lookers.get(i));
        }
    }
}
