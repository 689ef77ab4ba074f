package io.prunella.bench.peer;

import java.util.Arrays;

/** From what names a series to its number, as every engine needs it: a hash table with open addressing. */
final class SeriesTable {
    private static final long NOBODY = -1;
    private long[] keys = new long[1024];
    private int[] numbers = new int[1024];
    private int size;

    SeriesTable() {
        Arrays.fill(keys, NOBODY);
    }

    /** A series' name as one number: what a parser makes of the bytes. */
    static long key(int entity, int metric) {
        return (long) entity << 32 | metric;
    }

    /** The number put for a key; -1 for none. */
    int get(long key) {
        int at = slot(keys, key);
        return keys[at] == key ? numbers[at] : -1;
    }

    void put(long key, int number) {
        if (size * 2 == keys.length) {
            grow();
        }
        int at = slot(keys, key);
        size += keys[at] == key ? 0 : 1;
        keys[at] = key;
        numbers[at] = number;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[at] != key && keys[at] != NOBODY) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[oldKeys.length * 2];
        Arrays.fill(keys, NOBODY);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NOBODY) {
                int at = slot(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }
}
