package io.prunella.ruler.recording;

/** Reads a sample's time and value straight from bytes; whatever it takes, the parser would read alike. */
final class Literals {
    static final int NONE = -1;
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
            1e14, 1e15};
    /** 15 digits are always exact as a double. */
    private static final int DIGITS = 15;

    /** Of what was read last. */
    long ts;
    double value;

    /** Where the time that begins there ends, RFC 3339 in quotes or epoch milliseconds; {@link #NONE} for anything else. */
    int time(byte[] bytes, int at, int to) {
        return at < to && bytes[at] == '"' ? text(bytes, at + 1, to) : millis(bytes, at, to);
    }

    private int text(byte[] bytes, int from, int to) {
        int here = from;
        while (here < to && bytes[here] != '"') {
            if (bytes[here] < ' ' || bytes[here] == '\\') {
                return NONE;
            }
            here++;
        }
        if (here >= to) {
            return NONE;
        }
        ts = Timestamps.scan(bytes, from, here);
        return ts == Long.MIN_VALUE ? NONE : here + 1;
    }

    private int millis(byte[] bytes, int from, int to) {
        int here = from;
        long millis = 0;
        while (here < to && bytes[here] >= '0' && bytes[here] <= '9' && here - from < DIGITS) {
            millis = millis * 10 + bytes[here++] - '0';
        }
        ts = millis;
        boolean plain = here > from && (bytes[from] != '0' || here == from + 1) && millis < Timestamps.AFTER_LAST;
        return plain ? here : NONE;
    }

    /** Where the number of at most 15 digits that begins there ends; {@link #NONE} for anything else. */
    int number(byte[] bytes, int at, int to) {
        boolean negative = at < to && bytes[at] == '-';
        int from = negative ? at + 1 : at;
        int most = Math.min(to, from + DIGITS + 1);
        int here = from;
        long digits = 0;
        int point = NONE;
        for (; here < most; here++) {
            int digit = bytes[here] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (digit == '.' - '0' && point == NONE && here > from) {
                point = here;
            } else {
                break;
            }
        }
        int last = here - 1;
        boolean leadingZero = here - from > 1 && bytes[from] == '0' && point != from + 1;
        if (here == from || here - from > DIGITS || last == point || leadingZero) {
            return NONE;
        }
        double plain = point == NONE ? digits : digits / POWERS[last - point];
        value = negative ? -plain : plain;
        return here;
    }
}
