package io.prunella.ruler.recording;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/** Times as recordings spell them, in whole milliseconds; what is finer is cut off. */
final class Timestamps {
    /** 0000-01-01 and 10000-01-01: what RFC 3339 can say. */
    static final long FIRST = -62_167_219_200_000L;
    static final long AFTER_LAST = 253_402_300_800_000L;

    private Timestamps() {}

    /** Empty when it is none. */
    static OptionalLong parse(String text) {
        try {
            return inRange(
                    OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant().toEpochMilli());
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong inRange(long millis) {
        return millis >= FIRST && millis < AFTER_LAST ? OptionalLong.of(millis) : OptionalLong.empty();
    }

    /**
     * The usual spelling, {@code 2026-11-01T10:00:00Z} with or without a fraction.
     *
     * @return {@link Long#MIN_VALUE} when it is spelled otherwise
     */
    static long scan(byte[] line, int from, int to) {
        int length = to - from;
        if (length < 20 || line[from + 4] != '-' || line[from + 7] != '-' || line[from + 10] != 'T'
                || line[from + 13] != ':' || line[from + 16] != ':' || line[to - 1] != 'Z') {
            return Long.MIN_VALUE;
        }
        int year = two(line, from) * 100 + two(line, from + 2);
        int month = two(line, from + 5);
        int day = two(line, from + 8);
        int hour = two(line, from + 11);
        int minute = two(line, from + 14);
        int second = two(line, from + 17);
        boolean usual = two(line, from) >= 0 && two(line, from + 2) >= 0 && month >= 1 && month <= 12 && hour >= 0
                && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
        // How many days a month has at its end is for the slow way.
        if (!usual || day < 1 || day > (month == 2 ? 28 : 30)) {
            return Long.MIN_VALUE;
        }
        int millis = length == 20 ? 0 : fraction(line, from + 19, to - 1);
        if (millis < 0) {
            return Long.MIN_VALUE;
        }
        long seconds = days(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second;
        return seconds * 1_000 + millis;
    }

    private static int fraction(byte[] line, int from, int to) {
        int digits = to - from - 1;
        if (line[from] != '.' || digits < 1 || digits > 9) {
            return -1;
        }
        int millis = 0;
        for (int i = 0; i < 3; i++) {
            millis = millis * 10 + (i < digits ? line[from + 1 + i] - '0' : 0);
        }
        for (int i = from + 1; i < to; i++) {
            if (line[i] < '0' || line[i] > '9') {
                return -1;
            }
        }
        return millis;
    }

    private static int two(byte[] line, int at) {
        int tens = line[at] - '0';
        int ones = line[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** Days since the epoch of a date of the Gregorian calendar. */
    private static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
