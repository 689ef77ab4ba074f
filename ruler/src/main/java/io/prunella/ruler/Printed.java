package io.prunella.ruler;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as output spells them, so that the same run always gives the same bytes. */
public final class Printed {
    private static final DateTimeFormatter TS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** From here on a plain number is longer than one with an exponent would be readable. */
    private static final int PLAIN_DIGITS = 21;
    private static final int PLAIN_ZEROS = 6;

    /** Between these Java writes no exponent either. */
    private static final double LEAST_PLAIN = 1e-3;
    private static final double LEAST_WITH_EXPONENT = 1e7;

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
        double size = Math.abs(value);
        if (size >= LEAST_PLAIN && size < LEAST_WITH_EXPONENT) {
            String plain = Double.toString(value);
            return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
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
}
