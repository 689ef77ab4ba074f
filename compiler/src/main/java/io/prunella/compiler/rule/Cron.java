package io.prunella.compiler.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times of a clock on the wall in five fields, with the meaning that they have in a Kubernetes CronJob.
 *
 * <p>A time that the wall clock skips when summer time begins never comes, and one that it shows twice when summer time
 * ends comes twice.
 */
public final class Cron {
    private static final long MINUTE_MILLIS = 60_000;
    /** 29 February comes within this many days, also around a year such as 2100. */
    private static final int LONGEST_WAIT_DAYS = 366 * 9;
    private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
            "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final long minutes;
    private final long hours;
    private final long daysOfMonth;
    private final long months;
    private final long daysOfWeek;
    /** Where both kinds of day are restricted, one of them has to match; else both. */
    private final boolean eitherDay;

    private Cron(Field[] fields) {
        minutes = fields[0].bits();
        hours = fields[1].bits();
        daysOfMonth = fields[2].bits();
        months = fields[3].bits();
        // 7 is Sunday, too.
        daysOfWeek = fields[4].bits() | (fields[4].bits() >>> 7 & 1);
        eitherDay = !fields[2].all() && !fields[4].all();
    }

    /** What became of a text. */
    public sealed interface Read {

        record Good(Cron cron) implements Read {}

        /**
         * It is no such time.
         *
         * @param help what to write; empty where the message says it
         */
        record Bad(String message, Optional<String> help) implements Read {}
    }

    private record Kind(String name, int least, int most, int namedFrom, List<String> names) {}

    private static final List<Kind> KINDS = List.of(new Kind("minute", 0, 59, 0, List.of()),
            new Kind("hour", 0, 23, 0, List.of()), new Kind("day of month", 1, 31, 0, List.of()),
            new Kind("month", 1, 12, 1, MONTHS), new Kind("day of week", 0, 7, 0, DAYS));

    private record Field(long bits, boolean all) {}

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads {@code minute hour day-of-month month day-of-week}. */
    public static Read read(String text) {
        List<String> written = List.of(text.strip().split("\\s+"));
        if (written.size() != KINDS.size()) {
            return new Read.Bad("`" + text + "` is no cron time: it has " + written.size()
                    + (written.size() == 1 ? " field" : " fields") + ", not five",
                    Optional.of("write minute, hour, day of month, month, day of week, e.g. `\"0 3 * * *\"`"));
        }
        Field[] fields = new Field[KINDS.size()];
        for (int i = 0; i < fields.length; i++) {
            try {
                fields[i] = field(written.get(i), KINDS.get(i));
            } catch (Unreadable bad) {
                return new Read.Bad("`" + written.get(i) + "` is no " + KINDS.get(i).name() + ": " + bad.getMessage(),
                        Optional.empty());
            }
        }
        Cron cron = new Cron(fields);
        return cron.everComes()
                ? new Read.Good(cron)
                : new Read.Bad("`" + text + "` never comes: none of its months has such a day",
                        Optional.of("the last day of every month is none that cron can say"));
    }

    private static Field field(String text, Kind kind) throws Unreadable {
        long bits = 0;
        boolean all = false;
        for (String item : text.split(",", -1)) {
            List<String> stepped = List.of(item.split("/", -1));
            if (stepped.size() > 2) {
                throw new Unreadable("one `/` at most");
            }
            int step = stepped.size() == 2 ? step(stepped.get(1)) : 1;
            String range = stepped.getFirst();
            int from;
            int to;
            if (range.equals("*") || range.equals("?")) {
                from = kind.least();
                to = kind.name().equals("day of week") ? 6 : kind.most();
                all |= step == 1;
            } else {
                List<String> ends = List.of(range.split("-", -1));
                if (ends.size() > 2) {
                    throw new Unreadable("one `-` at most");
                }
                from = value(ends.getFirst(), kind);
                to = ends.size() == 2 ? value(ends.get(1), kind) : stepped.size() == 2 ? kind.most() : from;
                if (from > to) {
                    throw new Unreadable("`" + range + "` runs backwards");
                }
            }
            for (int value = from; value <= to; value += step) {
                bits |= 1L << value;
            }
        }
        return new Field(bits, all);
    }

    private static int step(String text) throws Unreadable {
        int step = number(text);
        if (step == 0) {
            throw new Unreadable("a step of 0 never ends");
        }
        return step;
    }

    private static int value(String text, Kind kind) throws Unreadable {
        int named = kind.names().indexOf(text.toUpperCase(Locale.ROOT));
        int value = named >= 0 ? named + kind.namedFrom() : number(text);
        if (value < kind.least() || value > kind.most()) {
            throw new Unreadable("it runs from " + kind.least() + " to " + kind.most());
        }
        return value;
    }

    private static int number(String text) throws Unreadable {
        if (!text.matches("[0-9]{1,4}")) {
            throw new Unreadable(text.isEmpty() ? "a number is missing" : "`" + text + "` is no number");
        }
        return Integer.parseInt(text);
    }

    private boolean everComes() {
        for (Month month : Month.values()) {
            if (has(months, month.getValue()) && (eitherDay || (daysOfMonth << (63 - month.maxLength())) != 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(long bits, int value) {
        return (bits >>> value & 1) != 0;
    }

    private boolean comes(LocalDate date) {
        boolean ofMonth = has(daysOfMonth, date.getDayOfMonth());
        boolean ofWeek = has(daysOfWeek, date.getDayOfWeek().getValue() % 7);
        return has(months, date.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    /** The first of its times that is not before {@code from}; epoch milliseconds. */
    public long next(long from, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        long earliest = Math.ceilDiv(from, MINUTE_MILLIS) * MINUTE_MILLIS;
        Instant start = Instant.ofEpochMilli(earliest);
        LocalDateTime local = LocalDateTime.ofInstant(start, zone);
        // Where the wall clock is about to be set back, a time before its present one still comes.
        LocalDate date = local.toLocalDate().minusDays(1);
        for (int day = 0; day <= LONGEST_WAIT_DAYS; day++) {
            if (comes(date)) {
                long found = on(date, earliest, local, rules);
                if (found != Long.MAX_VALUE) {
                    return found;
                }
            }
            date = date.plusDays(1);
        }
        return Long.MAX_VALUE;
    }

    private long on(LocalDate date, long earliest, LocalDateTime local, ZoneRules rules) {
        boolean plain = plain(date, rules);
        if (plain && date.isBefore(local.toLocalDate())) {
            return Long.MAX_VALUE;
        }
        LocalTime first = plain && date.equals(local.toLocalDate()) ? local.toLocalTime() : LocalTime.MIN;
        long best = Long.MAX_VALUE;
        for (int hour = first.getHour(); hour < 24; hour++) {
            for (int minute = 0; has(hours, hour) && minute < 60; minute++) {
                if (has(minutes, minute)) {
                    LocalDateTime at = date.atTime(hour, minute);
                    for (ZoneOffset offset : rules.getValidOffsets(at)) {
                        long instant = at.toEpochSecond(offset) * 1000;
                        if (instant >= earliest && instant < best) {
                            best = instant;
                        }
                    }
                    if (plain && best != Long.MAX_VALUE) {
                        return best;
                    }
                }
            }
        }
        return best;
    }

    /** Whether the wall clock is not set on that day or beside it, so that its times come in their order. */
    private static boolean plain(LocalDate date, ZoneRules rules) {
        if (rules.isFixedOffset()) {
            return true;
        }
        Instant before = date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        ZoneOffsetTransition next = rules.nextTransition(before);
        return next == null || next.getInstant().isAfter(date.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
