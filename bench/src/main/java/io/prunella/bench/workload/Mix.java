package io.prunella.bench.workload;

/** The arithmetic that makes workloads exact: all of it wraps, and every value is a multiple of 1/64. */
final class Mix {
    static final long G = 0x9E3779B97F4A7C15L;

    private Mix() {}

    static long mix(long seed) {
        long z = seed;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** In {@code [0, 1)}. */
    static double unit(long h) {
        return (h >>> 11) * 0x1p-53;
    }

    static double quantized(double v) {
        return Math.rint(v * 64) / 64;
    }
}
