package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event that is open for one rule and subject, or the match of several, of which it carries the last one. */
public final class OpenEvent {
    final EventSeen seen;
    /** Events of the match that the trigger names with {@code as}. */
    private final Map<String, EventSeen> named;
    /** The first instant at which it is no longer open; an alert's end may move. */
    long until;
    /** It is over, and only remembered so that the same alert is known. */
    boolean over;
    /** Since when holds over terms of this event have been true. */
    final long[] holds;
    private final long number;
    boolean decided;
    /** When it fired last; only while {@link #decided}. */
    long firedAt;
    @Nullable
    Object fact;
    /** The breach of a condition that asks for this event. */
    @Nullable
    Object breach;
    /** Who waits for the end of what it fired for. */
    List<Object> causes = List.of();

    // What follows belongs to {@link OpenEvents}.

    /** When it has to be looked at again. */
    long due;
    /** Where it is in the heap; -1 while it isn't. */
    int place = -1;
    /** Whether it may fire yet, and its neighbours among those. */
    boolean waits;
    @Nullable
    OpenEvent earlier;
    @Nullable
    OpenEvent later;
    /** Others of its type and id. */
    @Nullable
    OpenEvent namesake;
    @Nullable
    OpenEvent namesakeBefore;

    OpenEvent(Arrival arrival, Map<String, EventSeen> named, long until, long[] holds) {
        this.seen = arrival.seen();
        this.named = named;
        this.until = until;
        this.holds = holds;
        this.number = arrival.number();
    }

    /** The same, with holds of its own. */
    OpenEvent copy() {
        return new OpenEvent(new Arrival(seen, number, Arrival.UNSAID), named, until, holds.clone());
    }

    /** The same for another rule, which has decided nothing yet. */
    OpenEvent another() {
        return new OpenEvent(new Arrival(seen, number, Arrival.UNSAID), named, until, holds);
    }

    public EventSeen seen() {
        return seen;
    }

    /** Events of the match by the names that the trigger gives them. */
    public Map<String, EventSeen> named() {
        return named;
    }

    /** Its place among all events, from 1, in the order applied. */
    public long number() {
        return number;
    }
}
