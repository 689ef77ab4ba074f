package io.prunella.bench.peer;

import java.util.Arrays;

/** From what names a series to its number, as every engine needs it: a hash table with open addressing. */
final class SeriesTable {
    private static final long NOBODY = -1;
    /** Keys in the upper halves, numbers in the lower. */
    private long[] slots = new long[1024];
    private int size;

    SeriesTable() {
        Arrays.fill(slots, NOBODY);
    }

    /** A series' name as one number: what a parser makes of the bytes. */
    static int key(int entity, int metric) {
        return entity << 5 | metric;
    }

    /** The number put for a key; -1 for none. */
    int get(int key) {
        int mask = slots.length - 1;
        int at = hash(key) & mask;
        long slot = slots[at];
        while (slot != NOBODY) {
            if (slot >>> 32 == key) {
                return (int) slot;
            }
            at = (at + 1) & mask;
            slot = slots[at];
        }
        return -1;
    }

    /** Puts a number for a key that has none. */
    void put(int key, int number) {
        if (size * 2 == slots.length) {
            grow();
        }
        size++;
        insert(slots, (long) key << 32 | number);
    }

    private static int hash(int key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32);
    }

    private static void insert(long[] slots, long slot) {
        int mask = slots.length - 1;
        int at = hash((int) (slot >>> 32)) & mask;
        while (slots[at] != NOBODY) {
            at = (at + 1) & mask;
        }
        slots[at] = slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        Arrays.fill(slots, NOBODY);
        for (long slot : old) {
            if (slot != NOBODY) {
                insert(slots, slot);
            }
        }
    }
}
