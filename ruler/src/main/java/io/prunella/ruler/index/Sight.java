package io.prunella.ruler.index;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a condition is judged against: one subject at one instant, perhaps with an event. Reused, never shared. */
final class Sight {
    static final long NOT_HELD = Long.MIN_VALUE;

    final SeriesStore series;
    Subjects subjects;
    int subject;
    long now;
    /** How much later than {@link #now} terms over time are asked; 0 but while the next turn is looked for. */
    long ahead;
    @Nullable
    OpenEvent event;
    /** Ranks of the severities of the two of a suppression. */
    int severityOfCause;
    int severityOfThis;
    /** Since when each hold of the subject has been true, by its number. */
    long[] holds = new long[0];
    /** Part of the fleet that is asked, instead of the subject's; null for the subject's. */
    @Nullable
    List<String> part;
    /** Judge what holds hold, and leave their times alone. */
    boolean withoutHolds;
    /** Only samples after this count; {@link Long#MIN_VALUE} for all. */
    long newerThan = Long.MIN_VALUE;

    Sight(SeriesStore series, Subjects subjects) {
        this.series = series;
        this.subjects = subjects;
    }

    /** What the time is for terms over it. */
    long clock() {
        return now + ahead;
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
        part = null;
        withoutHolds = false;
        newerThan = Long.MIN_VALUE;
        return this;
    }
}
