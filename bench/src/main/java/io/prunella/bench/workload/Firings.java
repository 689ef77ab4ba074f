package io.prunella.bench.workload;

/** Counts what fired, and sums it up in a way that no order changes and no exchange of two firings hides. */
public final class Firings {
    private long count;
    private long checksum;

    /**
     * A rule fired.
     *
     * @param series of the samples that made it fire; the entity where events did
     * @param block in which it did
     */
    public void fired(int rule, int series, long block) {
        count++;
        checksum += Mix.mix(((long) rule << 40) ^ ((long) series << 12) ^ block);
    }

    public long count() {
        return count;
    }

    public long checksum() {
        return checksum;
    }
}
