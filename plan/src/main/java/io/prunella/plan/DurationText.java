package io.prunella.plan;

/** Writes durations as people do in rules: {@code 1h30m}, {@code 45s}, {@code 500ms}, {@code 0s}. */
public final class DurationText {
    private static final long[] MILLIS = {604_800_000L, 86_400_000L, 3_600_000L, 60_000L};
    private static final String[] UNITS = {"w", "d", "h", "m"};

    private DurationText() {}

    /**
     * The shortest compound form, the largest unit first; weeks only where nothing is left of them, so that 30 days
     * stay {@code 30d}; milliseconds behind whole seconds as their fraction, e.g. {@code 30.001s}.
     *
     * @param millis at least 0
     */
    public static String of(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("negative duration: " + millis);
        }
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = millis;
        for (int i = rest % MILLIS[0] == 0 ? 0 : 1; i < MILLIS.length; i++) {
            long count = rest / MILLIS[i];
            if (count > 0) {
                text.append(count).append(UNITS[i]);
                rest -= count * MILLIS[i];
            }
        }
        seconds(rest, text);
        return text.toString();
    }

    private static void seconds(long millis, StringBuilder text) {
        long seconds = millis / 1000;
        long fraction = millis % 1000;
        if (seconds == 0) {
            if (fraction > 0) {
                text.append(fraction).append("ms");
            }
            return;
        }
        text.append(seconds);
        if (fraction > 0) {
            String digits = Long.toString(1000 + fraction).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 0, end);
        }
        text.append('s');
    }
}
