package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Expr.CompareOp;

/**
 * The values that one series may have: an interval, and perhaps one value that is left out.
 *
 * @param low least value
 * @param lowOpen whether {@code low} itself is out
 * @param high greatest value
 * @param highOpen whether {@code high} itself is out
 */
record Range(double low, boolean lowOpen, double high, boolean highOpen) {
    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

    /** Values for which the comparison with {@code bound} is true; {@code !=} leaves no interval and says nothing. */
    static Range of(CompareOp op, double bound) {
        return switch (op) {
            case GT -> new Range(bound, true, Double.POSITIVE_INFINITY, false);
            case GE -> new Range(bound, false, Double.POSITIVE_INFINITY, false);
            case LT -> new Range(Double.NEGATIVE_INFINITY, false, bound, true);
            case LE -> new Range(Double.NEGATIVE_INFINITY, false, bound, false);
            case EQ -> new Range(bound, false, bound, false);
            case NE, MATCHES, NOT_MATCHES -> ALL;
        };
    }

    boolean empty() {
        return low > high || (low == high && (lowOpen || highOpen));
    }

    Range and(Range other) {
        boolean takeLow = other.low > low || (other.low == low && other.lowOpen);
        boolean takeHigh = other.high < high || (other.high == high && other.highOpen);
        return new Range(takeLow ? other.low : low, takeLow ? other.lowOpen : lowOpen, takeHigh ? other.high : high,
                takeHigh ? other.highOpen : highOpen);
    }

    /** Whether every value is in this one or in the other. */
    boolean covers(Range other) {
        return reaches(this, other) || reaches(other, this);
    }

    private static boolean reaches(Range lower, Range upper) {
        boolean ends = lower.low == Double.NEGATIVE_INFINITY && upper.high == Double.POSITIVE_INFINITY;
        return ends && (upper.low < lower.high || (upper.low == lower.high && !(upper.lowOpen && lower.highOpen)));
    }
}
