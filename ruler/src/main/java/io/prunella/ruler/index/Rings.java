package io.prunella.ruler.index;

import java.util.Arrays;

/**
 * Samples of many series, each series' in a ring of its own, all rings out of two pools of primitive arrays: values that
 * single precision holds exactly take four bytes, others eight, and times four.
 *
 * <p>Times are the low 32 bits of milliseconds: whoever asks knows the rest, as no window is longer than 45 days.
 */
final class Rings {
    private static final int LEAST = 4;

    private final Pool narrow = new Pool(false);
    private final Pool wide = new Pool(true);
    private int[] at = new int[64];
    private int[] capacity = new int[64];
    private int[] head = new int[64];
    private int[] size = new int[64];
    private boolean[] isWide = new boolean[64];
    private int count;

    /** Arrays out of which rings are cut. */
    private static final class Pool {
        private int[] time = new int[1024];
        private float[] floats = new float[0];
        private double[] doubles = new double[0];
        private final boolean precise;
        private int used;
        /** Places given back, by the number of their size. */
        private final IntList[] free = new IntList[64];

        Pool(boolean precise) {
            this.precise = precise;
            grow(1024);
            Arrays.setAll(free, _ -> new IntList());
        }

        int take(int length) {
            IntList places = free[step(length)];
            if (places.size() > 0) {
                return places.removeLast();
            }
            int place = used;
            used += length;
            if (used > time.length) {
                grow(Math.max(used, time.length + (time.length >> 1)));
            }
            return place;
        }

        private void grow(int length) {
            time = Arrays.copyOf(time, length);
            if (precise) {
                doubles = Arrays.copyOf(doubles, length);
            } else {
                floats = Arrays.copyOf(floats, length);
            }
        }

        void give(int place, int length) {
            free[step(length)].add(place);
        }

        double value(int index) {
            return precise ? doubles[index] : floats[index];
        }

        void set(int index, int low, double value) {
            time[index] = low;
            if (precise) {
                doubles[index] = value;
            } else {
                floats[index] = (float) value;
            }
        }
    }

    /** Sizes go 4, 6, 8, 12, 16, 24, …: never more than half is empty for long. */
    static int larger(int length) {
        return Integer.bitCount(length) == 1 ? length + (length >> 1) : Integer.highestOneBit(length) << 1;
    }

    private static int step(int length) {
        return 2 * (31 - Integer.numberOfLeadingZeros(length)) + (Integer.bitCount(length) == 1 ? 0 : 1);
    }

    /** The number of a new, empty ring. */
    int create() {
        if (count == at.length) {
            int length = count * 2;
            at = Arrays.copyOf(at, length);
            capacity = Arrays.copyOf(capacity, length);
            head = Arrays.copyOf(head, length);
            size = Arrays.copyOf(size, length);
            isWide = Arrays.copyOf(isWide, length);
        }
        return count++;
    }

    int size(int ring) {
        return size[ring];
    }

    private Pool pool(int ring) {
        return isWide[ring] ? wide : narrow;
    }

    private int place(int ring, int index) {
        int shifted = head[ring] + index;
        return at[ring] + (shifted >= capacity[ring] ? shifted - capacity[ring] : shifted);
    }

    /** Low bits of the time of the sample that is {@code index} newer than the oldest. */
    int time(int ring, int index) {
        return pool(ring).time[place(ring, index)];
    }

    double value(int ring, int index) {
        return pool(ring).value(place(ring, index));
    }

    void add(int ring, int low, double value) {
        if (!isWide[ring] && (float) value != value && !Double.isNaN(value)) {
            move(ring, Math.max(capacity[ring], LEAST), true);
        }
        if (size[ring] == capacity[ring]) {
            move(ring, capacity[ring] == 0 ? LEAST : larger(capacity[ring]), isWide[ring]);
        }
        size[ring]++;
        pool(ring).set(place(ring, size[ring] - 1), low, value);
    }

    void removeNewest(int ring) {
        size[ring]--;
    }

    void removeOldest(int ring) {
        head[ring] = head[ring] + 1 == capacity[ring] ? 0 : head[ring] + 1;
        size[ring]--;
    }

    private void move(int ring, int length, boolean precise) {
        Pool from = pool(ring);
        Pool to = precise ? wide : narrow;
        int place = to.take(length);
        for (int i = 0; i < size[ring]; i++) {
            int old = place(ring, i);
            to.set(place + i, from.time[old], from.value(old));
        }
        if (capacity[ring] > 0) {
            from.give(at[ring], capacity[ring]);
        }
        at[ring] = place;
        capacity[ring] = length;
        head[ring] = 0;
        isWide[ring] = precise;
    }
}
