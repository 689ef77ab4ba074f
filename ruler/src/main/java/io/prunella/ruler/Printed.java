package io.prunella.ruler;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and durations as output spells them, so that the same run always gives the same bytes. */
public final class Printed {
    private static final DateTimeFormatter TS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    /** From here on a plain number is longer than one with an exponent would be readable. */
    private static final int PLAIN_DIGITS = 21;
    private static final int PLAIN_ZEROS = 6;

    private Printed() {}

    /** RFC 3339 in UTC with three digits. */
    public static String ts(long epochMillis) {
        return TS.format(Instant.ofEpochMilli(epochMillis));
    }

    /** The shortest decimal that reads back, {@code 5} rather than {@code 5.0}; {@code NaN}, {@code +Inf}, {@code -Inf}. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int magnitude = shortest.precision() - shortest.scale();
        if (magnitude <= PLAIN_DIGITS && magnitude > -PLAIN_ZEROS) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = magnitude - 1;
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent < 0 ? "" : "+") + exponent;
    }

    /** Compound, as in rules: {@code 1h30m}, {@code 45s}, {@code 1s500ms}; weeks only where nothing is left over. */
    public static String duration(long millis) {
        StringBuilder out = new StringBuilder();
        long rest = millis;
        if (rest != 0 && rest % WEEK == 0) {
            return rest / WEEK + "w";
        }
        rest = part(out, rest, DAY, "d");
        rest = part(out, rest, HOUR, "h");
        rest = part(out, rest, MINUTE, "m");
        rest = part(out, rest, SECOND, "s");
        part(out, rest, 1, "ms");
        return out.isEmpty() ? "0s" : out.toString();
    }

    /** A measured time, milliseconds behind the point: {@code 30.001s}, {@code 1m30.5s}. */
    public static String elapsed(long millis) {
        long seconds = millis % MINUTE;
        if (millis < SECOND || seconds % SECOND == 0) {
            return duration(millis);
        }
        long minutes = millis - seconds;
        return (minutes == 0 ? "" : duration(minutes))
                + BigDecimal.valueOf(seconds, 3).stripTrailingZeros().toPlainString()
                + "s";
    }

    private static long part(StringBuilder out, long rest, long size, String unit) {
        if (rest >= size) {
            out.append(rest / size).append(unit);
        }
        return rest % size;
    }
}
