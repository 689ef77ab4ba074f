package io.prunella.plan;

/** Writes numbers in the shortest form that reads back as the same one: {@code 2}, {@code 0.95}, {@code 1.0E20}. */
public final class NumberText {
    private static final double WHOLE = 1e15;

    private NumberText() {}

    /** Of any number; {@code NaN} and {@code Infinity} as Java says them. */
    public static String of(double value) {
        boolean negativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
        if (value == Math.rint(value) && Math.abs(value) < WHOLE && !negativeZero) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }
}
