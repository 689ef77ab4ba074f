package io.prunella.control.proof;

import io.prunella.plan.DurationText;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Printed;
import java.util.List;

/**
 * What a test calls 0s: the epoch; with a recording of real days, the first instant of that, so that {@code at 30s} means
 * 30 s into it while rules that look at the clock or the calendar see the time at which it was recorded.
 *
 * @param millis in epoch milliseconds
 */
record TestClock(long millis) {
    // A recording written for tests has its instants near the epoch, and means them so.
    private static final long FIRST_REAL_DAY = 365L * 86_400_000;

    /** @param recorded all that a test's recordings hold, in any order */
    static TestClock of(List<Observation> recorded) {
        long first = recorded.stream().mapToLong(Observation::ts).min().orElse(0);
        return new TestClock(first < FIRST_REAL_DAY ? 0 : first);
    }

    /** An instant as the test writes it; one before 0s in full. */
    String text(long instant) {
        return instant < millis ? Printed.ts(instant) : DurationText.of(instant - millis);
    }
}
