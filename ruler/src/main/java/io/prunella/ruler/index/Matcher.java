package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger makes of the records that it names: the events that its rule fires for.
 *
 * <p>Records of one subject come in the order of time; a subject born late gets those that it missed first. So a matcher
 * goes by the records' own times, never by the present instant.
 */
sealed interface Matcher permits PlainMatcher, SequenceMatcher, TimesMatcher, AbsenceMatcher {

    void seen(Events events, int subject, Arrival arrival);

    void resolved(Events events, int subject, EventSeen resolved);

    /** For how long a record can still be part of an event that is open. */
    long horizonMillis();

    /**
     * Which events one part of a trigger takes.
     *
     * @param where over the event's attributes; null when there is nothing to ask
     */
    record Filter(Set<String> types, @Nullable Node where) {
        public Filter {
            types = Set.copyOf(types);
        }
    }

    /** Whether a resolution means that event; one without an id means all of its type. */
    static boolean means(EventSeen resolved, EventSeen open) {
        return resolved.type().equals(open.type()) && (resolved.id().isEmpty() || resolved.id().equals(open.id()));
    }

    /** {@code instant + millis}, or the end of time. */
    static long later(long instant, long millis) {
        return instant > Long.MAX_VALUE - millis ? Long.MAX_VALUE : instant + millis;
    }
}
