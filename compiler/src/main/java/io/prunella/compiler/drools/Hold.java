package io.prunella.compiler.drools;

/** Something is taken until an instant: a target by a plan in flight, a rule's cooldown, a guard that denies. */
public final class Hold extends Fact {
    private final Refusal kind;
    private final String key;
    private final long until;
    private final String traceId;

    /**
     * @param until the first instant at which it is free again, epoch milliseconds
     * @param traceId of the firing that took it
     */
    public Hold(Refusal kind, String key, long until, String traceId) {
        this.kind = kind;
        this.key = key;
        this.until = until;
        this.traceId = traceId;
    }

    public Refusal getKind() {
        return kind;
    }

    public String getKey() {
        return key;
    }

    /** Whether it still stands in the way at an instant. */
    public boolean lasts(long ts) {
        return until > ts;
    }

    /** The first instant at which it is free again; {@link Long#MAX_VALUE} while that is not known. */
    public long getUntil() {
        return until;
    }

    public String getTraceId() {
        return traceId;
    }
}
