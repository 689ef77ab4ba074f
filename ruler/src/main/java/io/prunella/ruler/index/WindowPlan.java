package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import java.util.List;

/**
 * What rules ask of the windows of one metric; each is a metric of its own, derived from it, with a series for each.
 *
 * @param longestMillis how far back samples are kept
 */
record WindowPlan(List<Asked> asked, long longestMillis) {
    WindowPlan {
        asked = List.copyOf(asked);
    }

    static WindowPlan of(List<Asked> asked) {
        return new WindowPlan(asked, asked.stream().mapToLong(Asked::windowMillis).max().orElse(0));
    }

    /**
     * One function over one window.
     *
     * @param metric whose samples
     * @param percent whether samples are percentages, to be made ratios first
     * @param derived the number of the metric that it makes
     */
    record Asked(RangeFunction function, int metric, long windowMillis, double parameter, boolean percent,
            int derived) {

        /** A name that no metric of a record has. */
        static String name(RangeFunction function, String metric, long windowMillis, double parameter,
                boolean percent) {
            return "\0" + function + " " + windowMillis + " " + parameter + (percent ? " percent " : " ") + metric;
        }
    }
}
