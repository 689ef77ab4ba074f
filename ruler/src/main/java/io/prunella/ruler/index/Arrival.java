package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;

/**
 * An event or an alert as it came.
 *
 * @param number its place among all of them, from 1, in the order applied
 * @param ends the first instant at which an alert is over, {@link Long#MAX_VALUE} for one without an end;
 *        {@link #UNSAID} for an event, which is open for as long as its rule says
 */
record Arrival(EventSeen seen, long number, long ends) {
    static final long UNSAID = Long.MIN_VALUE;

    long ts() {
        return seen.ts();
    }

    /** The same with another end. */
    Arrival until(long end) {
        return new Arrival(seen, number, end);
    }

    boolean alert() {
        return ends != UNSAID;
    }
}
