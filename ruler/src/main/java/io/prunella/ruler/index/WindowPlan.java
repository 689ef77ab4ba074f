package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.ruler.window.RangeFunctions;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What rules ask of the windows of one metric, the shorter windows first. */
final class WindowPlan {
    final Column[] columns;

    private WindowPlan(Column[] columns) {
        this.columns = columns;
    }

    /** @param watches what rules ask of a metric, by its number */
    static WindowPlan of(Collection<Asked> all, IntFunction<@Nullable MetricWatch> watches) {
        Asked[] sorted = all.stream().sorted(Comparator.comparingLong(Asked::windowMillis)
                .thenComparingInt(Asked::derived)).toArray(Asked[]::new);
        Column[] columns = new Column[sorted.length];
        Arrays.setAll(columns, i -> new Column(sorted[i], i == sorted.length - 1, sorted.length == 1,
                watches.apply(sorted[i].derived())));
        return new WindowPlan(columns);
    }

    /** Whether the same is asked, perhaps by other rules. */
    boolean same(@Nullable WindowPlan other) {
        return other != null && Arrays.equals(Arrays.stream(columns).map(column -> column.asked).toArray(),
                Arrays.stream(other.columns).map(column -> column.asked).toArray());
    }

    /** Whether the same is asked by the same rules. */
    boolean sameFor(WindowPlan other) {
        return same(other) && Arrays.equals(Arrays.stream(columns).map(column -> column.watch).toArray(),
                Arrays.stream(other.columns).map(column -> column.watch).toArray());
    }

    /** The place of what is asked; -1 where it is not. */
    int place(Asked asked) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].asked.derived() == asked.derived()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * One function over one window.
     *
     * @param metric whose samples
     * @param percent whether samples are percentages, to be made ratios first
     * @param derived the number of the metric that its results are
     */
    record Asked(RangeFunction function, int metric, long windowMillis, double parameter, boolean percent,
            int derived) {

        static Asked of(Names metrics, RangeFunction function, int metric, long windowMillis, double parameter,
                boolean percent) {
            return new Asked(function, metric, windowMillis, parameter, percent,
                    metrics.of(name(function, metrics.get(metric), windowMillis, parameter, percent)));
        }

        /** A name that no metric of a record has. */
        private static String name(RangeFunction function, String metric, long windowMillis, double parameter,
                boolean percent) {
            return "\0" + function + " " + windowMillis + " " + parameter + (percent ? " percent " : " ") + metric;
        }

        double value(double sent) {
            return percent ? Decimal.ratioOfPercent(sent) : sent;
        }
    }

    /** What is asked, and who cares for the result. */
    static final class Column {
        final Asked asked;
        final RangeFunction function;
        final long window;
        /** How many samples it takes. */
        final int least;
        /** Whether no window is longer, so that all samples kept are in it. */
        final boolean longest;
        /** Whether there is no other. */
        final boolean sole;
        /** Whether it is made of the sum of the samples as they were sent. */
        final boolean summed;
        final @Nullable MetricWatch watch;

        private Column(Asked asked, boolean longest, boolean sole, @Nullable MetricWatch watch) {
            this.asked = asked;
            this.function = asked.function();
            this.window = asked.windowMillis();
            this.least = RangeFunctions.least(function);
            this.longest = longest;
            this.sole = sole;
            this.summed = !asked.percent() && (function == RangeFunction.AVG || function == RangeFunction.SUM);
            this.watch = watch;
        }
    }
}
