package io.prunella.bench.workload;

/**
 * Events of one minute, by time.
 *
 * @param ts epoch milliseconds
 * @param isB whether it is a B, else an A
 */
public record Minute(long[] ts, int[] entity, boolean[] isB) {

    /** How many events. */
    public int size() {
        return ts.length;
    }
}
