package io.prunella.ruler.index;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events that one part of a sequence has taken, in the order in which they came; those that are used up leave holes, which
 * are passed over at once however many there are.
 *
 * <p>Places are counted from 0 and stay valid until the next event is added.
 */
final class SequenceQueue {
    private @Nullable Arrival[] items = new @Nullable Arrival[4];
    /** At a hole, where to look for the next event instead. */
    private int[] onward = new int[4];
    private int from;
    private int to;

    boolean isEmpty() {
        return from == to;
    }

    void add(Arrival arrival) {
        if (to == items.length) {
            makeRoom();
        }
        items[to++] = arrival;
    }

    private void makeRoom() {
        int length = Math.max(items.length, 2 * (to - from));
        @Nullable
        Arrival[] kept = new @Nullable Arrival[length];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (items[i] != null) {
                kept[count++] = items[i];
            }
        }
        if (count * 2 > length) {
            kept = Arrays.copyOf(kept, length * 2);
        }
        items = kept;
        onward = new int[kept.length];
        from = 0;
        to = count;
    }

    /** Forgets all that came before {@code ts}. */
    void forgetBefore(long ts) {
        while (from < to && (items[from] == null || items[from].ts() < ts)) {
            items[from++] = null;
        }
    }

    /** The first event at {@code place} or later; null behind the last one. */
    @Nullable
    Arrival at(int place) {
        int found = place(place);
        return found < to ? items[found] : null;
    }

    /** Where the first event at {@code place} or later is. */
    int place(int place) {
        int start = Math.max(place, from);
        int found = start;
        while (found < to && items[found] == null) {
            found = onward[found];
        }
        // Whoever comes this way again finds it in one step.
        for (int hole = start; hole < found;) {
            int next = onward[hole];
            onward[hole] = found;
            hole = next;
        }
        return found;
    }

    /** The place of the first event at or after {@code ts}. */
    int since(long ts) {
        return first(arrival -> arrival.ts() >= ts);
    }

    /** The place of the first event that came later than the one of that number. */
    int after(long number) {
        return first(arrival -> arrival.number() > number);
    }

    private int first(Predicate<Arrival> late) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Arrival there = at(middle);
            if (there == null || late.test(there)) {
                high = middle;
            } else {
                low = place(middle) + 1;
            }
        }
        return place(low);
    }

    /** An event was used up; nothing happens if it is not here. */
    void remove(Arrival used) {
        int place = after(used.number() - 1);
        Arrival there = at(place);
        if (there != null && there.number() == used.number()) {
            items[place] = null;
            onward[place] = place + 1;
            forgetBefore(Long.MIN_VALUE);
        }
    }
}
