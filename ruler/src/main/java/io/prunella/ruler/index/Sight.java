package io.prunella.ruler.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a condition is judged against: one subject at one instant, perhaps with an event. Reused, never shared. */
final class Sight {
    static final long NOT_HELD = Long.MIN_VALUE;

    final SeriesStore series;
    Subjects subjects;
    int subject;
    long now;
    Heals heals = new Heals();
    @Nullable
    OpenEvent event;
    /** Ranks of the severities of the two of a suppression. */
    int severityOfCause;
    int severityOfThis;
    /** Since when each hold of the subject has been true, by its number. */
    long[] holds = new long[0];
    /** Judge what holds hold, and leave their times alone. */
    boolean withoutHolds;
    /** Only samples after this count; {@link Long#MIN_VALUE} for all. */
    long newerThan = Long.MIN_VALUE;

    Sight(SeriesStore series, Subjects subjects) {
        this.series = series;
        this.subjects = subjects;
    }

    static long[] unheld(int count) {
        long[] since = new long[count];
        Arrays.fill(since, NOT_HELD);
        return since;
    }

    /** Points at a subject, with everything else as usual. */
    Sight at(Subjects group, int number, long instant, long[] heldSince) {
        subjects = group;
        subject = number;
        now = instant;
        event = null;
        holds = heldSince;
        withoutHolds = false;
        newerThan = Long.MIN_VALUE;
        return this;
    }
}
