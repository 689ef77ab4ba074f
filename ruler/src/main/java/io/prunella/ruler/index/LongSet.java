package io.prunella.ruler.index;

import java.util.Arrays;

/** Distinct numbers in the order added, without boxes; emptied at the end of each round. */
final class LongSet {
    private static final long NOTHING = Long.MIN_VALUE;
    /** What is this small is kept; of what is not, a part is given back after so many rounds that hardly used it. */
    private static final int SMALL = 1 << 14;
    private static final int PATIENCE = 16;

    private long[] table = new long[64];
    private long[] items = new long[32];
    private int size;
    /** How often in a row it was emptied with room for many times as many. */
    private int spacious;

    LongSet() {
        Arrays.fill(table, NOTHING);
    }

    void add(long item) {
        int at = slot(item);
        if (table[at] == item) {
            return;
        }
        table[at] = item;
        items[size++] = item;
        if (size == items.length) {
            grow();
        }
    }

    boolean contains(long item) {
        return table[slot(item)] == item;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return items[index];
    }

    void clear() {
        if (table.length > SMALL && size * 16 < table.length) {
            spacious++;
            if (spacious == PATIENCE) {
                spacious = 0;
                items = new long[items.length / 4];
                table = new long[table.length / 4];
                Arrays.fill(table, NOTHING);
                size = 0;
                return;
            }
        } else {
            spacious = 0;
        }
        if (size == 0) {
            return;
        }
        if (size * 8 > table.length) {
            Arrays.fill(table, NOTHING);
        } else {
            // Last in, first out: so no probe ever runs into a hole before its item is taken out.
            for (int i = size - 1; i >= 0; i--) {
                table[slot(items[i])] = NOTHING;
            }
        }
        size = 0;
    }

    private int slot(long item) {
        int mask = table.length - 1;
        long mixed = item * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (table[at] != item && table[at] != NOTHING) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        items = Arrays.copyOf(items, size * 2);
        table = new long[table.length * 2];
        Arrays.fill(table, NOTHING);
        for (int i = 0; i < size; i++) {
            table[slot(items[i])] = items[i];
        }
    }
}
