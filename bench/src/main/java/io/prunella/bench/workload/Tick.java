package io.prunella.bench.workload;

/** All samples of one instant, in the order in which they come; used again for the next one. */
public final class Tick {
    public int number;
    /** Epoch milliseconds. */
    public long ts;
    /** By position. */
    public final int[] entity;
    /** By position and metric: {@code position * METRICS + metric}. */
    public final double[] value;
    /** By position: whether its event follows its samples. */
    public final boolean[] event;

    public Tick(int entities) {
        entity = new int[entities];
        value = new double[entities * Samples.METRICS];
        event = new boolean[entities];
    }
}
