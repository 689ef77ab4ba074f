package io.prunella.ruler.window;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Functions of the samples in a window, with the arithmetic of Prometheus 3, operation by operation, so that results
 * agree to the last bit (github.com/prometheus/prometheus, promql/functions.go).
 */
public final class RangeFunctions {
    private final Kahan first = new Kahan();
    private final Kahan second = new Kahan();
    private final Kahan third = new Kahan();
    private final Kahan fourth = new Kahan();

    /** How many samples it takes for there to be a result. */
    public static int least(RangeFunction function) {
        return switch (function) {
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR -> 2;
            case CHANGES, RESETS, AVG, MIN, MAX, SUM, COUNT, STDDEV, LAST, QUANTILE -> 1;
        };
    }

    /** Whether the result depends on when it is asked for, and not on the samples alone. */
    public static boolean timed(RangeFunction function) {
        return switch (function) {
            case RATE, INCREASE, DELTA, PREDICT_LINEAR -> true;
            case IRATE, IDELTA, DERIV, CHANGES, RESETS, AVG, MIN, MAX, SUM, COUNT, STDDEV, LAST, QUANTILE -> false;
        };
    }

    /**
     * The result.
     *
     * @param samples those in {@code (at - windowMillis, at]}, at least {@link #least}
     * @param at the instant asked for
     * @param parameter the quantile, or the seconds ahead
     */
    public double of(RangeFunction function, Samples samples, long windowMillis, double parameter, long at) {
        return switch (function) {
            case RATE -> extrapolated(samples, windowMillis, at, true, true);
            case INCREASE -> extrapolated(samples, windowMillis, at, true, false);
            case DELTA -> extrapolated(samples, windowMillis, at, false, false);
            case IRATE, IDELTA -> {
                int last = samples.size() - 1;
                yield instant(function, samples.ts(last - 1), samples.value(last - 1), samples.ts(last),
                        samples.value(last));
            }
            case DERIV -> regression(samples, samples.ts(0), Double.NaN);
            case PREDICT_LINEAR -> regression(samples, at, parameter);
            case CHANGES -> changes(samples);
            case RESETS -> resets(samples);
            case AVG -> average(samples);
            case MIN -> extreme(samples, false);
            case MAX -> extreme(samples, true);
            case SUM -> sum(samples);
            case COUNT -> samples.size();
            case STDDEV -> deviation(samples);
            case LAST -> samples.value(samples.size() - 1);
            case QUANTILE -> quantile(samples, parameter);
        };
    }

    private static double extrapolated(Samples s, long windowMillis, long at, boolean counter, boolean perSecond) {
        int last = s.size() - 1;
        double result = s.value(last) - s.value(0);
        if (counter) {
            for (int i = 1; i <= last; i++) {
                if (s.value(i) < s.value(i - 1)) {
                    result += s.value(i - 1);
                }
            }
        }
        double factor = extrapolation(s.ts(0), s.ts(last), last, windowMillis, at,
                counter && result > 0 && s.value(0) >= 0 ? s.value(0) / result : Double.NaN);
        return result * (perSecond ? factor / seconds(windowMillis) : factor);
    }

    /**
     * {@code rate}, {@code increase} and {@code delta} where no counter was reset, which takes the first and the last
     * sample only.
     */
    public static double extrapolated(RangeFunction function, long firstTs, double firstValue, long lastTs,
            double lastValue, int count, long windowMillis, long at) {
        double result = lastValue - firstValue;
        boolean counter = function != RangeFunction.DELTA;
        double factor = extrapolation(firstTs, lastTs, count - 1, windowMillis, at,
                counter && result > 0 && firstValue >= 0 ? firstValue / result : Double.NaN);
        return result * (function == RangeFunction.RATE ? factor / seconds(windowMillis) : factor);
    }

    /**
     * By how much the change between the first and the last sample grows when it is followed to the window's ends.
     *
     * @param toZero how far back a counter was zero, as a part of the time sampled; NaN where that does not matter
     */
    private static double extrapolation(long firstTs, long lastTs, int last, long windowMillis, long at,
            double toZero) {
        double toStart = (firstTs - (at - windowMillis)) / 1000.0;
        double toEnd = (at - lastTs) / 1000.0;
        double sampled = (lastTs - firstTs) / 1000.0;
        double between = sampled / last;
        double threshold = between * 1.1;
        if (toStart >= threshold) {
            toStart = between / 2;
        }
        // A counter began at zero: it is not followed back further than to there.
        double zero = sampled * toZero;
        if (zero < toStart) {
            toStart = zero;
        }
        if (toEnd >= threshold) {
            toEnd = between / 2;
        }
        return (sampled + toStart + toEnd) / sampled;
    }

    // As Go's Duration.Seconds.
    private static double seconds(long millis) {
        long whole = millis / 1000;
        return whole + millis % 1000 * 1_000_000 / 1e9;
    }

    /** {@code irate} and {@code idelta}, which take the last two samples only. */
    public static double instant(RangeFunction function, long beforeTs, double before, long ts, double newest) {
        boolean rate = function == RangeFunction.IRATE;
        double result = rate && newest < before ? newest : newest - before;
        return rate ? result / ((ts - beforeTs) / 1000.0) : result;
    }

    /** The slope, or with {@code ahead} the value that far after {@code origin}. */
    private double regression(Samples s, long origin, double ahead) {
        Kahan sumX = first;
        Kahan sumY = second;
        Kahan sumXY = third;
        Kahan sumX2 = fourth;
        sumX.reset(0);
        sumY.reset(0);
        sumXY.reset(0);
        sumX2.reset(0);
        boolean constant = true;
        int n = s.size();
        for (int i = 0; i < n; i++) {
            double y = s.value(i);
            constant &= i == 0 || y == s.value(0);
            double x = (s.ts(i) - origin) / 1e3;
            sumX.add(x);
            sumY.add(y);
            sumXY.add(x * y);
            sumX2.add(x * x);
        }
        boolean slopeOnly = Double.isNaN(ahead);
        if (constant) {
            if (Double.isInfinite(s.value(0))) {
                return Double.NaN;
            }
            return slopeOnly ? 0 : 0 * ahead + s.value(0);
        }
        double x = sumX.total();
        double y = sumY.total();
        double covariance = sumXY.total() - x * y / n;
        double variance = sumX2.total() - x * x / n;
        double slope = covariance / variance;
        return slopeOnly ? slope : slope * ahead + (y / n - slope * x / n);
    }

    private static double changes(Samples s) {
        int changes = 0;
        for (int i = 1; i < s.size(); i++) {
            double now = s.value(i);
            double before = s.value(i - 1);
            if (now != before && !(Double.isNaN(now) && Double.isNaN(before))) {
                changes++;
            }
        }
        return changes;
    }

    private static double resets(Samples s) {
        int resets = 0;
        for (int i = 1; i < s.size(); i++) {
            if (s.value(i) < s.value(i - 1)) {
                resets++;
            }
        }
        return resets;
    }

    private double average(Samples s) {
        Kahan sum = first;
        sum.reset(s.value(0));
        for (int i = 1; i < s.size(); i++) {
            if (Double.isInfinite(sum.sum() + s.value(i))) {
                return incrementalAverage(s, i);
            }
            sum.add(s.value(i));
        }
        return sum.sum() / s.size() + sum.lost() / s.size();
    }

    // The sum is too great for a number: from here on the mean is carried along instead.
    private double incrementalAverage(Samples s, int from) {
        Kahan mean = first;
        double sum = mean.sum() / from;
        double lost = mean.lost() / from;
        for (int i = from; i < s.size(); i++) {
            double count = i + 1;
            double q = (count - 1) / count;
            mean.set(q * sum, q * lost);
            mean.add(s.value(i) / count);
            sum = mean.sum();
            lost = mean.lost();
        }
        return sum + lost;
    }

    private static double extreme(Samples s, boolean greatest) {
        double extreme = s.value(0);
        for (int i = 0; i < s.size(); i++) {
            double value = s.value(i);
            if ((greatest ? value > extreme : value < extreme) || Double.isNaN(extreme)) {
                extreme = value;
            }
        }
        return extreme;
    }

    private double sum(Samples s) {
        Kahan sum = first;
        sum.reset(0);
        for (int i = 0; i < s.size(); i++) {
            sum.add(s.value(i));
        }
        return Double.isInfinite(sum.sum()) ? sum.sum() : sum.total();
    }

    private double deviation(Samples s) {
        Kahan mean = first;
        Kahan squares = second;
        mean.reset(0);
        squares.reset(0);
        for (int i = 0; i < s.size(); i++) {
            double delta = s.value(i) - mean.total();
            mean.add(delta / (i + 1));
            squares.add(delta * (s.value(i) - mean.total()));
        }
        return Math.sqrt(squares.total() / s.size());
    }

    private static double quantile(Samples s, double q) {
        double[] sorted = s.copy();
        Arrays.sort(sorted);
        // Prometheus puts what is not a number first, Java last.
        int numbers = sorted.length;
        while (numbers > 0 && Double.isNaN(sorted[numbers - 1])) {
            numbers--;
        }
        return quantile(rank -> sorted[rank], sorted.length, numbers, q);
    }

    /**
     * The quantile of values by size.
     *
     * @param sorted the one that so many are before; behind the {@code numbers} come those of {@code n} that are none
     */
    public static double quantile(IntToDoubleFunction sorted, int n, int numbers, double q) {
        double rank = q * (n - 1.0);
        double floor = Math.floor(rank);
        double weight = rank - floor;
        int lower = (int) Math.max(0, floor);
        int upper = Math.min(n - 1, lower + 1);
        return at(sorted, lower, n - numbers) * (1 - weight) + at(sorted, upper, n - numbers) * weight;
    }

    private static double at(IntToDoubleFunction sorted, int index, int nans) {
        return index < nans ? Double.NaN : sorted.applyAsDouble(index - nans);
    }
}
