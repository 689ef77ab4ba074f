package io.prunella.ruler.index;

import java.math.BigDecimal;

/** Percentages as their sources send them, 0–100, made ratios. */
final class Decimal {
    private static final double EXACT = 1L << 53;
    private static final int PLACES = 12;

    private Decimal() {}

    /**
     * The double nearest to the sample's shortest decimal shifted by two places: 95.3 becomes 0.953, which is not
     * always what dividing by 100 gives.
     */
    static double ratioOfPercent(double percent) {
        if (!Double.isFinite(percent)) {
            return percent;
        }
        double power = 1;
        for (int places = 0; places <= PLACES; places++, power *= 10) {
            double digits = Math.rint(percent * power);
            if (Math.abs(digits) > EXACT) {
                break;
            }
            // Both are whole and exact, so the one division rounds once: to the nearest.
            if (digits / power == percent) {
                return digits / (power * 100);
            }
        }
        return new BigDecimal(Double.toString(percent)).movePointLeft(2).doubleValue();
    }

    /** The least sample whose ratio is at least {@code ratio}. */
    static double leastPercent(double ratio) {
        double percent = ratio * 100;
        if (!Double.isFinite(percent)) {
            return percent;
        }
        while (ratioOfPercent(percent) < ratio) {
            percent = Math.nextUp(percent);
        }
        while (ratioOfPercent(Math.nextDown(percent)) >= ratio) {
            percent = Math.nextDown(percent);
        }
        return percent;
    }
}
