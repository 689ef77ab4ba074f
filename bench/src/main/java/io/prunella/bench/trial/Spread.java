package io.prunella.bench.trial;

import java.util.List;
import java.util.Locale;

/** Several measurements of one thing: the median, and how far they lie apart. */
record Spread(double least, double median, double greatest) {

    static Spread of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** {@code 12.3 (11.9–12.8)}. */
    String text() {
        return number(median) + " (" + number(least) + "–" + number(greatest) + ")";
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
