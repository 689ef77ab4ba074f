package io.prunella.ruler.index;

import io.prunella.plan.DurationText;
import io.prunella.ruler.Scalar;

/** Values that change as time passes, with nothing else happening. */
sealed interface TimeTerm extends Term.Outward {
    long DAY_MILLIS = 86_400_000;
    double MILLIS = 1000;

    /** Until when, that instant left out, it stands still or grows evenly; {@link Long#MAX_VALUE} for good. */
    long evenUntil(Sight sight);

    /** Whether it grows by itself, rather than changing in steps. */
    boolean grows();

    /** Seconds since the epoch. */
    record Now() implements TimeTerm {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Quantity(sight.clock() / MILLIS));
        }

        @Override
        public long evenUntil(Sight sight) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean grows() {
            return true;
        }

        @Override
        public String name() {
            return "now";
        }
    }

    /** 1 is Monday, in UTC. */
    record Weekday() implements TimeTerm {
        private static final int EPOCH = 3;
        private static final int DAYS = 7;

        @Override
        public Values values(Sight sight) {
            long day = Math.floorDiv(sight.clock(), DAY_MILLIS);
            return Values.one(new Scalar.Quantity(Math.floorMod(day + EPOCH, DAYS) + 1));
        }

        @Override
        public long evenUntil(Sight sight) {
            return (Math.floorDiv(sight.now, DAY_MILLIS) + 1) * DAY_MILLIS;
        }

        @Override
        public boolean grows() {
            return false;
        }

        @Override
        public String name() {
            return "weekday";
        }
    }

    /** Seconds since the subject's last event of a type; infinite if there never was one. */
    record SinceEvent(History history, String type) implements TimeTerm {
        @Override
        public Values values(Sight sight) {
            return since(history.newest(sight.subject), sight);
        }

        @Override
        public long evenUntil(Sight sight) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean grows() {
            return true;
        }

        @Override
        public String name() {
            return "time since event \"" + type + "\"";
        }

        @Override
        public Scalar printed(Scalar value) {
            return duration(value);
        }
    }

    /** Seconds since the last plan of a rule, or with an action, began on the subject's entity. */
    record SinceHeal(HealsBegun heals, String of, String written) implements TimeTerm {
        @Override
        public Values values(Sight sight) {
            return since(heals.newest(of, sight.subjects.entityOf(sight.subject)), sight);
        }

        @Override
        public long evenUntil(Sight sight) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean grows() {
            return true;
        }

        @Override
        public String name() {
            return "time since heal \"" + written + "\"";
        }

        @Override
        public Scalar printed(Scalar value) {
            return duration(value);
        }
    }

    /** How many events of a type came to the subject within a window. */
    record Counted(History history, long windowMillis, String text) implements TimeTerm {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Quantity(history.count(sight.subject, sight.clock(), windowMillis)));
        }

        @Override
        public long evenUntil(Sight sight) {
            return history.leaves(sight.subject, sight.now, windowMillis);
        }

        @Override
        public boolean grows() {
            return false;
        }

        @Override
        public String name() {
            return text;
        }
    }

    private static Term.Values since(long newest, Sight sight) {
        return Term.Values.one(new Scalar.Quantity(newest == SeriesStore.NEVER
                ? Double.POSITIVE_INFINITY
                : (sight.clock() - newest) / MILLIS));
    }

    private static Scalar duration(Scalar value) {
        return value instanceof Scalar.Quantity(double seconds) && Double.isFinite(seconds) && seconds >= 0
                ? new Scalar.Text(DurationText.of(Math.round(seconds * MILLIS)))
                : value;
    }
}
