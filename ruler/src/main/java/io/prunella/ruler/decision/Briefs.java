package io.prunella.ruler.decision;

import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.index.CodePoints;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The briefs of the rules in force, found by a rule's place, and the order of decisions that follows from them. */
final class Briefs {
    private static final Comparator<Rule> BY_PRIORITY_AND_NAME = Comparator
            .comparingLong((Rule rule) -> rule.model().priority()).reversed()
            .thenComparing(rule -> rule.model().name(), CodePoints::compare);

    private final RulerSettings settings;
    private final TraceIds traces = new TraceIds();
    private @Nullable Brief[] byPlace = new @Nullable Brief[0];
    /** By a rule's place its own among all, by priority and name; equal where both are. */
    private int[] ranks = new int[0];

    Briefs(RulerSettings settings) {
        this.settings = settings;
    }

    /** Other rules are in force. */
    void load(List<Rule> rules) {
        Map<Rule, Brief> before = new HashMap<>();
        for (Brief brief : byPlace) {
            if (brief != null) {
                before.put(brief.rule(), brief);
            }
        }
        byPlace = new @Nullable Brief[rules.stream().mapToInt(rule -> rule.place() + 1).max().orElse(0)];
        ranks = new int[byPlace.length];
        List<Rule> ranked = new ArrayList<>(rules);
        ranked.sort(BY_PRIORITY_AND_NAME);
        int rank = 0;
        for (int i = 0; i < ranked.size(); i++) {
            Rule rule = ranked.get(i);
            rank += i > 0 && BY_PRIORITY_AND_NAME.compare(ranked.get(i - 1), rule) != 0 ? 1 : 0;
            Brief known = before.get(rule);
            ranks[rule.place()] = rank;
            byPlace[rule.place()] = known != null && known.stands() ? known : new Brief(rule, settings);
        }
    }

    /** Of a rule in force. */
    Brief of(Rule rule) {
        Brief brief = rule.place() < byPlace.length ? byPlace[rule.place()] : null;
        if (brief == null || brief.rule() != rule) {
            throw new IllegalArgumentException("not in force: " + rule.model().name());
        }
        return brief;
    }

    /** The same firing always has the same, in every run. */
    String traceId(Rule rule, int subject, long now, @Nullable OpenEvent event) {
        return traces.of(of(rule).trace(), rule, subject, now, event);
    }

    /** By priority, higher first, then by names in code points, then by arrival. */
    List<Claimant> ordered(List<Claimant> claimants) {
        int size = claimants.size();
        if (size < 2) {
            return claimants;
        }
        // Most differ in the rule: what tells those of one rule apart is looked at only where there are several.
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = (long) ranks[claimants.get(i).rule().place()] << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        List<Claimant> ordered = new ArrayList<>(size);
        for (long key : keys) {
            ordered.add(claimants.get((int) key));
        }
        int from = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || keys[i] >>> Integer.SIZE != keys[from] >>> Integer.SIZE) {
                if (i - from > 1) {
                    ordered.subList(from, i).sort(Claimant.WITHIN_A_NAME);
                }
                from = i;
            }
        }
        return ordered;
    }
}
