package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.explain.Compared.Side;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether the clock on the wall of a zone stands between two times of day, the end excluded.
 *
 * @param fromMinute of the day; after {@code toMinute} when the time wraps midnight
 */
record DayTime(int fromMinute, int toMinute, ZoneId zone, String text) implements Node.Outward {
    private static final int MINUTES = 60;
    private static final int DAY_MINUTES = 24 * MINUTES;
    private static final int DAYS_AHEAD = 2;

    @Override
    public Truth truth(Sight sight) {
        return Truth.of(holds(sight.now));
    }

    @Override
    public boolean lost(Sight sight) {
        return false;
    }

    private boolean holds(long now) {
        int minute = minute(now);
        boolean after = minute >= fromMinute;
        boolean before = minute < toMinute;
        return fromMinute <= toMinute ? after && before : after || before;
    }

    private int minute(long now) {
        ZonedDateTime local = Instant.ofEpochMilli(now).atZone(zone);
        return local.getHour() * MINUTES + local.getMinute();
    }

    /** The next instant at which it may be another: a boundary on the wall, or a change of the zone's offset. */
    long turns(long now) {
        ZoneRules rules = zone.getRules();
        TreeSet<Long> instants = new TreeSet<>();
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        for (int day = -1; day <= DAYS_AHEAD; day++) {
            boundary(today.plusDays(day), fromMinute, rules, instants);
            boundary(today.plusDays(day), toMinute, rules, instants);
        }
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochMilli(now));
        if (change != null) {
            instants.add(change.getInstant().toEpochMilli());
        }
        boolean holds = holds(now);
        for (long instant : instants.tailSet(now, false)) {
            if (holds(instant) != holds) {
                return instant;
            }
        }
        return instants.last();
    }

    private void boundary(LocalDate date, int minute, ZoneRules rules, TreeSet<Long> into) {
        LocalDateTime local = date.plusDays(minute / DAY_MINUTES).atTime(minute % DAY_MINUTES / MINUTES,
                minute % MINUTES);
        for (ZoneOffset offset : rules.getValidOffsets(local)) {
            into.add(local.toInstant(offset).toEpochMilli());
        }
        // A time that the clock skips is reached when it skips it.
        ZoneOffsetTransition skipped = rules.getTransition(local);
        if (skipped != null) {
            into.add(skipped.getInstant().toEpochMilli());
        }
    }

    @Override
    public Compared told(Sight sight) {
        Side shown = new Side(Optional.of("time"), new Scalar.Text(shown(sight.now)), List.of());
        return new Compared(truth(sight), shown, "in", Optional.of(Side.fixed(new Scalar.Text(bounds()))));
    }

    /** The time of day as the clock on that wall shows it. */
    private String shown(long now) {
        int minute = minute(now);
        return String.format(Locale.ROOT, "%02d:%02d", minute / MINUTES, minute % MINUTES);
    }

    private String bounds() {
        return String.format(Locale.ROOT, "%02d:%02d..%02d:%02d %s", fromMinute / MINUTES, fromMinute % MINUTES,
                toMinute / MINUTES, toMinute % MINUTES, zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }
}
