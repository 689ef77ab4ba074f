package io.prunella.ruler.index;

import java.util.Arrays;

/** Numbers in order, without boxes. */
final class IntList {
    private int[] items = new int[4];
    private int size;

    void add(int item) {
        if (size == items.length) {
            // Every subject has one, for good: not twice what it holds.
            items = Arrays.copyOf(items, size + Math.max(4, size >> 1));
        }
        items[size++] = item;
    }

    int get(int index) {
        return items[index];
    }

    int removeLast() {
        return items[--size];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }
}
