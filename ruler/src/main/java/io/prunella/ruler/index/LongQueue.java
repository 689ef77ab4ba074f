package io.prunella.ruler.index;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Times in the order in which they came, of which the oldest are dropped. */
final class LongQueue {
    private long[] items = new long[4];
    private int from;
    private int to;

    void add(long item) {
        if (to == items.length) {
            int size = to - from;
            if (from >= items.length / 2) {
                System.arraycopy(items, from, items, 0, size);
            } else {
                items = Arrays.copyOfRange(items, from, from + size * 2);
            }
            from = 0;
            to = size;
        }
        items[to++] = item;
    }

    /** Drops all up to and including {@code last}. */
    void dropThrough(long last) {
        while (from < to && items[from] <= last) {
            from++;
        }
    }

    /** How many are after {@code last}. */
    int after(long last) {
        return to - place(last);
    }

    /** The first one after {@code last}; {@link Long#MAX_VALUE} when there is none. */
    long firstAfter(long last) {
        int place = place(last);
        return place == to ? Long.MAX_VALUE : items[place];
    }

    /** The newest of those after {@code last}, oldest first. */
    List<Long> newest(long last, int most) {
        int first = Math.max(place(last), to - most);
        return IntStream.range(first, to).mapToObj(i -> items[i]).toList();
    }

    private int place(long last) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (items[middle] <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
