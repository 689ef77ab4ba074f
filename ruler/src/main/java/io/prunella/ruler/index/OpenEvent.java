package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import org.jspecify.annotations.Nullable;

/** An event that is open for one rule and subject. */
public final class OpenEvent {
    final EventSeen seen;
    /** The first instant at which it is no longer open. */
    final long until;
    /** Since when holds over terms of this event have been true. */
    final long[] holds;
    private final long number;
    boolean decided;
    @Nullable
    Object fact;
    /** The breach of a condition that asks for this event. */
    @Nullable
    Object breach;

    OpenEvent(EventSeen seen, long number, long until, long[] holds) {
        this.seen = seen;
        this.number = number;
        this.until = until;
        this.holds = holds;
    }

    public EventSeen seen() {
        return seen;
    }

    /** Its place among all events, from 1, in the order applied. */
    public long number() {
        return number;
    }
}
