package io.prunella.plan;

/** Three-valued truth, as in SQL: a comparison with no valid value is unknown, and unknown spreads. */
public enum Truth {
    FALSE, UNKNOWN, TRUE;

    public static Truth of(boolean known) {
        return known ? TRUE : FALSE;
    }

    /** The lesser of both: false wins over unknown, unknown over true. */
    public Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The greater of both. */
    public Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }
}
