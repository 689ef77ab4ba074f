package io.prunella.ruler.index;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What rules ask of one metric: the sorted values at which some comparison turns, and whose it is. */
final class MetricWatch {
    private static final double RATIO_SENT_AS_PERCENT = Math.nextUp(2.0);

    final double[] boundaries;
    /** Rules whose comparison turns at each boundary. */
    final Rule[][] at;
    /** All rules that ask. */
    final Rule[] all;
    /** Rules for which every sample counts. */
    final Rule[] every;
    /** How long a value is valid; several where packs disagree. */
    final long[] staleAfter;
    /** Whether a value above 2 has to be noticed. */
    final boolean guarded;

    private MetricWatch(Builder builder) {
        boundaries = builder.turns.keySet().stream().mapToDouble(d -> d).toArray();
        at = builder.turns.values().stream().map(MetricWatch::array).toArray(Rule[][]::new);
        all = array(builder.all);
        every = array(builder.every);
        staleAfter = builder.stale.stream().mapToLong(l -> l).toArray();
        guarded = builder.guarded;
    }

    /** The number of boundaries that {@code value} has reached. */
    int band(double value) {
        int from = 0;
        int to = boundaries.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (boundaries[middle] <= value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Whether a value is in a band. */
    boolean lies(double value, int band) {
        return (band == 0 || value >= boundaries[band - 1]) && (band == boundaries.length || value < boundaries[band]);
    }

    double lowOf(int band) {
        return band == 0 ? Double.NEGATIVE_INFINITY : boundaries[band - 1];
    }

    double highOf(int band) {
        return band == boundaries.length ? Double.POSITIVE_INFINITY : boundaries[band];
    }

    private static Rule[] array(Set<Rule> rules) {
        return rules.toArray(Rule[]::new);
    }

    /** Collects over all rules. */
    static final class Builder {
        private final TreeMap<Double, Set<Rule>> turns = new TreeMap<>();
        private final Set<Rule> all = new LinkedHashSet<>();
        private final Set<Rule> every = new LinkedHashSet<>();
        private final TreeSet<Long> stale = new TreeSet<>();
        private boolean guarded;

        void asks(Rule rule, Term.SeriesTerm term) {
            all.add(rule);
            watches(term);
        }

        /** For the executor's conditions: only staleness is of interest. */
        void watches(Term.SeriesTerm term) {
            stale.add(term.staleMillis());
            if (term.window() == null) {
                guards(term);
            }
        }

        /** Values that no ratio can have have to be noticed. */
        void guards(Term.SeriesTerm term) {
            stale.add(term.staleMillis());
            if (term.guarded() && !guarded) {
                guarded = true;
                turns.computeIfAbsent(RATIO_SENT_AS_PERCENT, _ -> new LinkedHashSet<>());
            }
        }

        void turns(Rule rule, double boundary) {
            turns.computeIfAbsent(boundary, _ -> new LinkedHashSet<>()).add(rule);
        }

        void everySample(Rule rule) {
            every.add(rule);
        }

        MetricWatch build() {
            return new MetricWatch(this);
        }
    }
}
