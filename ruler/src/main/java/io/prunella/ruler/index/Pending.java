package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that come due one fixed time after they came, unless something cancels them before.
 *
 * <p>They lie in flat arrays, a row each, in a queue in the order in which they come due; rows of one subject and type are
 * linked, and those with an id are found by it. So a record costs the same with ten pending and with a million.
 */
final class Pending {
    private static final int NONE = -1;

    private final long withinMillis;
    private final List<String> types;

    /** Rows; a cancelled one has no event. */
    private @Nullable Arrival[] arrivals = new @Nullable Arrival[16];
    /** The same of events of which no object is made yet. */
    private @Nullable EventKey[] keys = new @Nullable EventKey[16];
    private long[] ts = new long[16];
    private long[] numbers = new long[16];
    /** Which subject and type it is of. */
    private int[] lists = new int[16];
    /** Neighbours of the same subject and type; of a free row, the next free one. */
    private int[] older = new int[16];
    private int[] newer = new int[16];
    /** Neighbours of the same id, too. */
    private int[] namesakeOlder = new int[16];
    private int[] namesakeNewer = new int[16];
    private int used;
    private int free = NONE;
    /** By subject and type, the newest row. */
    private int[] newest = new int[0];
    /** By subject, type and id the newest row. */
    private final Map<Named, Integer> named = new HashMap<>();

    /** Rows in the order in which they come due, as a ring. */
    private int[] queue = new int[16];
    private int head;
    private int queued;
    private long lastDue = Long.MIN_VALUE;
    /** Rows of subjects that were born late, whose time has begun before that of others in the queue. */
    private final Timers late = new Timers();

    private record Named(int list, String id) {}

    /** What takes an event whose time is over. */
    interface Receiver {
        void due(int subject, Arrival arrival, long due);
    }

    /** @param types of events that can be pending */
    Pending(long withinMillis, List<String> types) {
        this.withinMillis = withinMillis;
        this.types = List.copyOf(types);
    }

    private long due(int row) {
        return Matcher.later(ts[row], withinMillis);
    }

    private boolean pending(int row) {
        return arrivals[row] != null || keys[row] != null;
    }

    /** When it comes due. */
    long add(int subject, Arrival arrival) {
        int row = link(subject, types.indexOf(arrival.seen().type()));
        int list = lists[row];
        arrivals[row] = arrival;
        ts[row] = arrival.ts();
        if (arrival.seen().id().isPresent()) {
            Integer namesake = named.put(new Named(list, arrival.seen().id().get()), row);
            namesakeOlder[row] = namesake == null ? NONE : namesake;
            namesakeNewer[row] = NONE;
            if (namesake != null) {
                namesakeNewer[namesake] = row;
            }
        }
        return queue(row);
    }

    /** The same of an event of which no object is made. */
    long add(int subject, EventKey key, long at, long number) {
        int row = link(subject, types.indexOf(key.kind().type));
        keys[row] = key;
        ts[row] = at;
        numbers[row] = number;
        return queue(row);
    }

    private int link(int subject, int type) {
        int row = row();
        int list = subject * types.size() + type;
        lists[row] = list;
        if (list >= newest.length) {
            int length = newest.length;
            newest = Arrays.copyOf(newest, Math.max((subject + 1) * types.size(), length + (length >> 1)));
            Arrays.fill(newest, length, newest.length, NONE);
        }
        older[row] = newest[list];
        newer[row] = NONE;
        if (newest[list] != NONE) {
            newer[newest[list]] = row;
        }
        newest[list] = row;
        return row;
    }

    private long queue(int row) {
        long due = due(row);
        if (due >= lastDue) {
            enqueue(row);
            lastDue = due;
        } else {
            late.add(due, row);
        }
        return due;
    }

    private int row() {
        if (free != NONE) {
            int row = free;
            free = older[row];
            return row;
        }
        if (used == lists.length) {
            arrivals = Arrays.copyOf(arrivals, used * 2);
            keys = Arrays.copyOf(keys, used * 2);
            ts = Arrays.copyOf(ts, used * 2);
            numbers = Arrays.copyOf(numbers, used * 2);
            lists = Arrays.copyOf(lists, used * 2);
            older = Arrays.copyOf(older, used * 2);
            newer = Arrays.copyOf(newer, used * 2);
            namesakeOlder = Arrays.copyOf(namesakeOlder, used * 2);
            namesakeNewer = Arrays.copyOf(namesakeNewer, used * 2);
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

    /** Nothing of a subject whose time includes {@code at} is pending any more. */
    void cancel(int subject, long at) {
        for (int list = subject * types.size(); list < (subject + 1) * types.size(); list++) {
            for (int row = list < newest.length ? newest[list] : NONE; row != NONE;) {
                int next = older[row];
                // What was over before, only a subject born late still has.
                if (due(row) >= at) {
                    cancel(row);
                }
                row = next;
            }
        }
    }

    /** What a resolution means is not pending any more. */
    void resolve(int subject, EventSeen resolved) {
        int type = types.indexOf(resolved.type());
        int list = subject * types.size() + type;
        if (type < 0 || list >= newest.length) {
            return;
        }
        if (resolved.id().isPresent()) {
            Named name = new Named(list, resolved.id().get());
            for (Integer row = named.get(name); row != null; row = named.get(name)) {
                cancel(row);
            }
            return;
        }
        for (int row = newest[list]; row != NONE; row = newest[list]) {
            cancel(row);
        }
    }

    private void cancel(int row) {
        Arrival pending = arrivals[row];
        int list = lists[row];
        if (newer[row] == NONE) {
            newest[list] = older[row];
        } else {
            older[newer[row]] = older[row];
        }
        if (older[row] != NONE) {
            newer[older[row]] = newer[row];
        }
        arrivals[row] = null;
        keys[row] = null;
        if (pending != null && pending.seen().id().isPresent()) {
            unname(new Named(list, pending.seen().id().get()), row);
        }
    }

    private void unname(Named name, int row) {
        int before = namesakeOlder[row];
        int after = namesakeNewer[row];
        if (before != NONE) {
            namesakeNewer[before] = after;
        }
        if (after != NONE) {
            namesakeOlder[after] = before;
        } else if (before != NONE) {
            named.put(name, before);
        } else {
            named.remove(name);
        }
    }

    /** Hands over everything whose time is over by {@code now}; tells when the next one's is. */
    long due(long now, Receiver receiver) {
        while (late.next() <= now) {
            finish((int) late.poll(), receiver);
        }
        long next = Long.MAX_VALUE;
        while (queued > 0) {
            int row = queue[head];
            if (pending(row) && due(row) > now) {
                next = due(row);
                break;
            }
            head = (head + 1) & (queue.length - 1);
            queued--;
            finish(row, receiver);
        }
        return Math.min(next, late.next());
    }

    private void finish(int row, Receiver receiver) {
        Arrival arrival = arrivals[row];
        EventKey key = keys[row];
        if (arrival == null && key != null) {
            arrival = key.arrival(ts[row], numbers[row]);
        }
        if (arrival != null) {
            cancel(row);
            receiver.due(lists[row] / types.size(), arrival, due(row));
        }
        older[row] = free;
        free = row;
    }
}
