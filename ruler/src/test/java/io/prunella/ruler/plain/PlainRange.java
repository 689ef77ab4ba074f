package io.prunella.ruler.plain;

import io.prunella.compiler.rule.ValueTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Functions of the samples of a window, by the formulas of a textbook. */
final class PlainRange {
    private PlainRange() {}

    /** Nothing where there are too few samples. */
    static Optional<Double> of(ValueTerm.OverTime over, NavigableMap<Long, Double> samples, long at) {
        List<Long> ts = new ArrayList<>(samples.keySet());
        List<Double> v = new ArrayList<>(samples.values());
        int n = v.size();
        boolean two = switch (over.function()) {
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR -> true;
            case CHANGES, RESETS, AVG, MIN, MAX, SUM, COUNT, STDDEV, LAST, QUANTILE -> false;
        };
        if (n < (two ? 2 : 1)) {
            return Optional.empty();
        }
        double mean = v.stream().mapToDouble(d -> d).sum() / n;
        return Optional.of(switch (over.function()) {
            case AVG -> mean;
            case SUM -> v.stream().mapToDouble(d -> d).sum();
            case COUNT -> (double) n;
            case LAST -> v.getLast();
            case MIN -> extreme(v, -1);
            case MAX -> extreme(v, 1);
            case STDDEV -> Math.sqrt(v.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum() / n);
            case QUANTILE -> quantile(v, over.parameter());
            case CHANGES -> (double) steps(v, (before, now) -> !before.equals(now));
            case RESETS -> (double) steps(v, (before, now) -> now < before);
            case IDELTA -> v.get(n - 1) - v.get(n - 2);
            case IRATE -> (v.get(n - 1) < v.get(n - 2) ? v.get(n - 1) : v.get(n - 1) - v.get(n - 2))
                    / ((ts.get(n - 1) - ts.get(n - 2)) / 1000.0);
            case RATE -> change(ts, v, over.windowMillis(), at, true) / (over.windowMillis() / 1000.0);
            case INCREASE -> change(ts, v, over.windowMillis(), at, true);
            case DELTA -> change(ts, v, over.windowMillis(), at, false);
            case DERIV -> slope(ts, v);
            case PREDICT_LINEAR -> {
                double middle = ts.stream().mapToDouble(t -> (t - at) / 1000.0).sum() / n;
                yield mean + slope(ts, v) * (over.parameter() - middle);
            }
        });
    }

    static double extreme(List<Double> values, int sign) {
        return values.stream().filter(v -> !Double.isNaN(v)).mapToDouble(v -> sign * v).max().orElse(Double.NaN)
                * sign;
    }

    private interface Step {
        boolean counts(Double before, Double now);
    }

    private static int steps(List<Double> v, Step step) {
        int count = 0;
        for (int i = 1; i < v.size(); i++) {
            count += step.counts(v.get(i - 1), v.get(i)) ? 1 : 0;
        }
        return count;
    }

    private static double quantile(List<Double> values, double q) {
        List<Double> sorted = new ArrayList<>(values.stream().filter(v -> Double.isNaN(v)).toList());
        sorted.addAll(values.stream().filter(v -> !Double.isNaN(v)).sorted().toList());
        double rank = q * (sorted.size() - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(sorted.size() - 1, lower + 1);
        return sorted.get(lower) * (1 - (rank - lower)) + sorted.get(upper) * (rank - lower);
    }

    /** From the first sample to the last, and on to the window's ends as far as samples would be expected. */
    private static double change(List<Long> ts, List<Double> v, long window, long at, boolean counter) {
        int n = v.size();
        double change = v.getLast() - v.getFirst();
        for (int i = 1; counter && i < n; i++) {
            change += v.get(i) < v.get(i - 1) ? v.get(i - 1) : 0;
        }
        double sampled = (ts.getLast() - ts.getFirst()) / 1000.0;
        double between = sampled / (n - 1);
        double before = (ts.getFirst() - (at - window)) / 1000.0;
        double after = (at - ts.getLast()) / 1000.0;
        before = before < between * 1.1 ? before : between / 2;
        after = after < between * 1.1 ? after : between / 2;
        if (counter && change > 0 && v.getFirst() >= 0) {
            before = Math.min(before, sampled * (v.getFirst() / change));
        }
        return change * ((sampled + before + after) / sampled);
    }

    private static double slope(List<Long> ts, List<Double> v) {
        if (v.stream().allMatch(d -> d.doubleValue() == v.getFirst())) {
            return 0;
        }
        double meanX = ts.stream().mapToDouble(t -> (t - ts.getFirst()) / 1000.0).sum() / v.size();
        double meanY = v.stream().mapToDouble(d -> d).sum() / v.size();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < v.size(); i++) {
            double x = (ts.get(i) - ts.getFirst()) / 1000.0 - meanX;
            covariance += x * (v.get(i) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }
}
