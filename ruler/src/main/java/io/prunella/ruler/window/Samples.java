package io.prunella.ruler.window;

import java.util.Arrays;

/** Samples of one series, oldest first; reused. */
public final class Samples {
    private long[] ts = new long[64];
    private double[] values = new double[64];
    private int size;

    public void clear() {
        size = 0;
    }

    /** Adds one that is newer than all before it. */
    public void add(long at, double value) {
        if (size == ts.length) {
            ts = Arrays.copyOf(ts, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        ts[size] = at;
        values[size++] = value;
    }

    public int size() {
        return size;
    }

    public long ts(int index) {
        return ts[index];
    }

    public double value(int index) {
        return values[index];
    }

    /** A copy of the values. */
    double[] copy() {
        return Arrays.copyOf(values, size);
    }
}
