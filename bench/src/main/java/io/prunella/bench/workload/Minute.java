package io.prunella.bench.workload;

/** Events of one minute, by time. */
public final class Minute {
    /** Epoch milliseconds. */
    public final long[] ts;
    public final int[] entity;
    /** Whether it is a B, else an A. */
    public final boolean[] isB;

    Minute(int size) {
        ts = new long[size];
        entity = new int[size];
        isB = new boolean[size];
    }

    /** How many events. */
    public int size() {
        return ts.length;
    }
}
