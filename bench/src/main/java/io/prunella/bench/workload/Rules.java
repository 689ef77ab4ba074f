package io.prunella.bench.workload;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The rules of a workload: rule {@code i} watches metric {@code i % 20}. */
public final class Rules {
    /** How long a threshold has to be held. */
    public static final int HOLD_MILLIS = 30_000;
    /** How long an event stays open. */
    public static final int OPEN_MILLIS = 300_000;
    /** The range of an average. */
    public static final int RANGE_MILLIS = 300_000;

    private final Workload workload;
    private final double[] thresholds;

    public Rules(Workload workload, int count) {
        this.workload = workload;
        this.thresholds = new double[count];
        int each = (count + Samples.METRICS - 1) / Samples.METRICS;
        Arrays.setAll(thresholds, i -> threshold(i, each));
    }

    private double threshold(int rule, int each) {
        double share = (rule / Samples.METRICS + 1) / (each + 1.0);
        return switch (workload) {
            case HELD, EVENT -> Math.rint((55 + 40 * share) * 64) / 64 + 1.0 / 128;
            case AVERAGE -> Math.rint((42 + 12 * share) * 64) / 64;
            case ABSENCE -> 0;
        };
    }

    public Workload workload() {
        return workload;
    }

    public int count() {
        return thresholds.length;
    }

    public static int metric(int rule) {
        return rule % Samples.METRICS;
    }

    public double threshold(int rule) {
        return thresholds[rule];
    }

    /** The thresholds on a metric, rising: that of rule {@code metric + 20 * n} at {@code n}. */
    public double[] ofMetric(int metric) {
        int[] own = IntStream.range(0, count()).filter(rule -> metric(rule) == metric).toArray();
        return Arrays.stream(own).mapToDouble(this::threshold).toArray();
    }

    /** In Prunella's language; rule {@code i} is called {@code ri}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int rule = 0; rule < count(); rule++) {
            text.append("rule r").append(rule).append('\n').append(clauses(rule));
        }
        return text.toString();
    }

    private String clauses(int rule) {
        String metric = "m" + metric(rule);
        String threshold = new BigDecimal(thresholds[rule]).stripTrailingZeros().toPlainString();
        return switch (workload) {
            case HELD -> "  when: " + metric + " > " + threshold + " for 30s\n";
            case AVERAGE -> "  when: avg(" + metric + ", 5m) > " + threshold + "\n";
            case ABSENCE -> "  on event: \"A\" without \"B\" within 30s\n";
            case EVENT -> "  on event: \"node_unreachable\"\n  when: " + metric + " > " + threshold
                    + " AND duration >= 30s\n";
        };
    }
}
