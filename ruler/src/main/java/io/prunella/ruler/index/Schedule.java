package io.prunella.ruler.index;

import io.prunella.compiler.rule.Cron;
import io.prunella.compiler.rule.RuleModel.Trigger;
import java.time.ZoneId;

/** The times at which a rule's turn comes. */
final class Schedule {
    private final Times times;
    /** The next one; {@link Long#MIN_VALUE} as long as the clock has not begun. */
    private long next = Long.MIN_VALUE;
    /** The instant at which it last came. */
    private long came = Long.MIN_VALUE;

    private sealed interface Times {
        /** The first one not before {@code from}. */
        long from(long from);
    }

    private record Wall(Cron cron, ZoneId zone) implements Times {
        @Override
        public long from(long from) {
            return cron.next(from, zone);
        }
    }

    private record Multiples(long periodMillis) implements Times {
        @Override
        public long from(long from) {
            return Math.ceilDiv(from, periodMillis) * periodMillis;
        }
    }

    private Schedule(Times times) {
        this.times = times;
    }

    static Schedule of(Trigger.OnCron on) {
        return switch (Cron.read(on.cron())) {
            case Cron.Read.Good(var cron) -> new Schedule(new Wall(cron, on.zone()));
            case Cron.Read.Bad(var message, var _) -> throw new IllegalStateException("unchecked schedule: " + message);
        };
    }

    static Schedule of(Trigger.OnEvery on) {
        return new Schedule(new Multiples(on.periodMillis()));
    }

    boolean begun() {
        return next != Long.MIN_VALUE;
    }

    /** The clock begins, at an instant that counts. */
    void begin(long now) {
        next = times.from(now);
    }

    long next() {
        return next;
    }

    /** Whether this is one of its times; then the one after it is next. */
    boolean comes(long now) {
        if (next > now) {
            return false;
        }
        came = now;
        next = times.from(now + 1);
        return true;
    }

    /** Whether its time is now. */
    boolean now(long now) {
        return came == now;
    }
}
