package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that another one does not follow in time: a match at the end of that time, unless it was cancelled.
 *
 * <p>What is pending lies in flat arrays, a row each, in a queue in the order in which it comes due; rows of one subject
 * are linked. So a record costs the same with ten pending and with a million, and the timers hold one entry for the rule.
 */
final class AbsenceMatcher implements Matcher {
    private static final int NONE = -1;

    private final Rule rule;
    private final Filter first;
    private final Filter without;
    private final Optional<String> alias;
    private final long withinMillis;
    private final long openMillis;
    private final OpenIds ids = new OpenIds();

    /** Rows; a cancelled one has no event. */
    private @Nullable Arrival[] arrivals = new Arrival[16];
    private int[] subjects = new int[16];
    /** The next older row of the same subject; of a free row, the next free one. */
    private int[] older = new int[16];
    private int used;
    private int free = NONE;
    /** By subject, its newest row. */
    private int[] newest = new int[0];

    /** Rows in the order in which they come due, as a ring. */
    private int[] queue = new int[16];
    private int head;
    private int queued;
    private long lastDue = Long.MIN_VALUE;
    /** Rows of subjects that were born late, whose time has begun before that of others in the queue. */
    private final Timers late = new Timers();

    /** Subjects for which the other event came at {@link #othersAt}. */
    private final LongSet others = new LongSet();
    private long othersAt = Long.MIN_VALUE;

    /** Its two events, the second one with its time. */
    record Pair(Filter first, Filter without, Optional<String> alias, long withinMillis) {}

    AbsenceMatcher(Rule rule, Pair pair, long openMillis) {
        this.rule = rule;
        this.first = pair.first();
        this.without = pair.without();
        this.alias = pair.alias();
        this.withinMillis = pair.withinMillis();
        this.openMillis = openMillis;
    }

    @Override
    public void seen(Events events, int subject, Arrival arrival) {
        EventSeen seen = arrival.seen();
        if (ids.again(subject, seen)) {
            return;
        }
        boolean ofFirst = events.takes(rule, subject, first, seen);
        boolean ofOther = events.takes(rule, subject, without, seen);
        if (ofFirst || ofOther) {
            ids.open(subject, seen, Matcher.later(arrival.ts(), openMillis));
        }
        if (ofOther) {
            cancel(subject, arrival.ts());
        }
        // One that could be either is not its own other event; what came before it at its instant isn't, either.
        if (ofFirst && (ofOther || othersAt != arrival.ts() || !others.contains(subject))) {
            pend(events, subject, arrival);
        }
        if (ofOther) {
            note(subject, arrival.ts());
        }
    }

    private void note(int subject, long ts) {
        if (othersAt != ts) {
            others.clear();
            othersAt = ts;
        }
        others.add(subject);
    }

    private long due(Arrival arrival) {
        return Matcher.later(arrival.ts(), withinMillis);
    }

    private void pend(Events events, int subject, Arrival arrival) {
        int row = row();
        arrivals[row] = arrival;
        subjects[row] = subject;
        if (subject >= newest.length) {
            int length = newest.length;
            newest = Arrays.copyOf(newest, Math.max(subject + 1, length + (length >> 1)));
            Arrays.fill(newest, length, newest.length, NONE);
        }
        older[row] = newest[subject];
        newest[subject] = row;
        long due = due(arrival);
        if (due >= lastDue) {
            enqueue(row);
            lastDue = due;
        } else {
            late.add(due, row);
        }
        events.wake(rule, due);
    }

    private int row() {
        if (free != NONE) {
            int row = free;
            free = older[row];
            return row;
        }
        if (used == subjects.length) {
            arrivals = Arrays.copyOf(arrivals, used * 2);
            subjects = Arrays.copyOf(subjects, used * 2);
            older = Arrays.copyOf(older, used * 2);
        }
        return used++;
    }

    private void enqueue(int row) {
        if (queued == queue.length) {
            int[] longer = new int[queued * 2];
            for (int i = 0; i < queued; i++) {
                longer[i] = queue[(head + i) & (queue.length - 1)];
            }
            queue = longer;
            head = 0;
        }
        queue[(head + queued++) & (queue.length - 1)] = row;
    }

    /** The other event came: nothing whose time includes {@code ts} is pending any more. */
    private void cancel(int subject, long ts) {
        if (subject >= newest.length) {
            return;
        }
        int kept = NONE;
        for (int row = newest[subject]; row != NONE;) {
            int next = older[row];
            Arrival pending = arrivals[row];
            if (pending != null && due(pending) < ts) {
                // It was over before; only a subject born late still has it.
                older[row] = kept;
                kept = row;
            } else {
                arrivals[row] = null;
            }
            row = next;
        }
        newest[subject] = kept;
    }

    @Override
    public void resolved(Events events, int subject, EventSeen resolved) {
        ids.resolved(subject, resolved);
        int kept = NONE;
        for (int row = subject < newest.length ? newest[subject] : NONE; row != NONE;) {
            int next = older[row];
            Arrival pending = arrivals[row];
            if (pending != null && !Matcher.means(resolved, pending.seen())) {
                older[row] = kept;
                kept = row;
            } else {
                arrivals[row] = null;
            }
            row = next;
        }
        if (subject < newest.length) {
            newest[subject] = kept;
        }
        events.end(rule, subject, resolved.ts(), open -> Matcher.means(resolved, open.seen));
    }

    /** Everything whose time is over by {@code now} becomes a match, at its own instant. */
    void due(Events events, long now) {
        while (late.next() <= now) {
            finish(events, (int) late.poll());
        }
        long next = Long.MAX_VALUE;
        while (queued > 0) {
            int row = queue[head];
            Arrival pending = arrivals[row];
            if (pending != null && due(pending) > now) {
                next = due(pending);
                break;
            }
            head = (head + 1) & (queue.length - 1);
            queued--;
            finish(events, row);
        }
        events.wake(rule, Math.min(next, late.next()));
    }

    private void finish(Events events, int row) {
        Arrival pending = arrivals[row];
        int subject = subjects[row];
        if (pending != null) {
            unlink(subject, row);
            events.begin(rule, subject, pending, alias.map(name -> Map.of(name, pending.seen())).orElse(Map.of()),
                    Matcher.later(due(pending), openMillis));
        }
        arrivals[row] = null;
        older[row] = free;
        free = row;
    }

    private void unlink(int subject, int row) {
        int at = newest[subject];
        if (at == row) {
            newest[subject] = older[row];
            return;
        }
        while (older[at] != row) {
            at = older[at];
        }
        older[at] = older[row];
    }

    @Override
    public long horizonMillis() {
        return Matcher.later(withinMillis, openMillis);
    }
}
