package io.prunella.control.serve;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads instants as people write them in addresses. */
final class Moment {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})(ms|s|m|h|d|w)");
    private static final int WEEK = 7;

    private Moment() {}

    /**
     * Epoch milliseconds of RFC 3339, of epoch milliseconds, or of a length of time before {@code now}; refused if it is
     * none of them.
     */
    static long parse(String parameter, String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return now.minus(switch (ago.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofDays(WEEK * count);
            }).toEpochMilli();
        }
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        try {
            return OffsetDateTime.parse(text.toUpperCase(java.util.Locale.ROOT)).toInstant().toEpochMilli();
        } catch (DateTimeException _) {
            throw new Refusals.Refused(Problem.of(400, "bad-parameter", "Bad parameter",
                    "`" + parameter + "` is `" + text + "`, which is no time", "write RFC 3339 such as "
                            + "`2026-11-01T10:00:00Z`, epoch milliseconds, or a length such as `30m`"));
        }
    }
}
