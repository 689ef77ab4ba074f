package io.prunella.compiler.drools;

/** A firing that was not suppressed, and explains what fires below its entity while it holds and a while after. */
public final class Cause extends Fact {
    private final String entity;
    private final int severity;
    private final int depth;
    private final long number;
    private final String traceId;
    private long end = Long.MAX_VALUE;

    /**
     * A cause that holds.
     *
     * @param severity its rank, higher is graver
     * @param depth how far below its root the entity stands
     * @param number its place among all causes; an earlier one has a lower number
     */
    public Cause(String entity, int severity, int depth, long number, String traceId) {
        this.entity = entity;
        this.severity = severity;
        this.depth = depth;
        this.number = number;
        this.traceId = traceId;
    }

    public String getEntity() {
        return entity;
    }

    public int getSeverity() {
        return severity;
    }

    public String getTraceId() {
        return traceId;
    }

    /** The instant at which it no longer holds. */
    public void ends(long ts) {
        end = Math.min(end, ts);
    }

    /** When it ended; {@link Long#MAX_VALUE} while it holds. */
    public long getEnd() {
        return end;
    }

    /** The more severe explains more, then the one nearer to the root, then the earlier. */
    boolean explainsMoreThan(Cause other) {
        if (severity != other.severity) {
            return severity > other.severity;
        }
        return depth != other.depth ? depth < other.depth : number < other.number;
    }
}
