package io.prunella.executor.lock;

/**
 * Grows from holder to holder of any target, so that a late command of an earlier holder can be refused.
 *
 * <p>
 * The upper 48 bits are the revision of the etcd store; the lower 16 count the claims that were granted without etcd
 * since that revision. So a degraded claim is newer than all claims that etcd granted before it, and older than the
 * next one that etcd grants.
 *
 * @param value the whole token as one number, for the wire and the journal
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

    /** Older than every token that was ever given out. */
    public static final FencingToken NONE = new FencingToken(0);

    private static final int STEP_BITS = 16;

    public FencingToken {
        if (value < 0) {
            throw new IllegalArgumentException("a token is not negative: " + value);
        }
    }

    static FencingToken ofRevision(long revision) {
        return new FencingToken(Math.multiplyExact(revision, 1L << STEP_BITS));
    }

    FencingToken next() {
        return new FencingToken(Math.addExact(value, 1));
    }

    static FencingToken newer(FencingToken a, FencingToken b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The etcd revision in which the claim was made, or the last one known when it was granted without etcd. */
    public long revision() {
        return value >>> STEP_BITS;
    }

    @Override
    public int compareTo(FencingToken other) {
        return Long.compare(value, other.value);
    }

    /** As in logs: the revision, and {@code +n} for the n-th claim without etcd since then. */
    @Override
    public String toString() {
        long step = value & ((1L << STEP_BITS) - 1);
        return step == 0 ? Long.toString(revision()) : revision() + "+" + step;
    }
}
