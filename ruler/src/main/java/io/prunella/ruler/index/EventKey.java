package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event without id and attributes, as it comes again and again; an object is made of it only when one is needed. */
record EventKey(String entity, Kind kind) {

    /** All such events of one type and labels. */
    static final class Kind {
        final String type;
        final Map<String, String> labels;
        /** Whether {@link #routes} are those of the rules in force. */
        boolean routed;
        /** Whom each concerns whose entity is there; null where each event has to go the whole way. */
        @Nullable
        List<Route> routes;

        Kind(String type, Map<String, String> labels) {
            this.type = type;
            this.labels = Map.copyOf(labels);
        }
    }

    /** What it means for one group of subjects. */
    static final class Route {
        /** The subject where the group is a whole pack; -1 where it is the entity. */
        final int subject;
        final Rule[] each;
        final Gates[] gates;
        /** What it is for each rule that waits for the absence of an event. */
        final AbsenceMatcher.Part[] parts;

        Route(int subject, Rule[] each, Gates[] gates, AbsenceMatcher.Part[] parts) {
            this.subject = subject;
            this.each = each;
            this.gates = gates;
            this.parts = parts;
        }
    }

    EventSeen seen(long ts) {
        return new EventSeen(ts, entity, kind.type, Optional.empty(), false, Map.of(), kind.labels);
    }

    Arrival arrival(long ts, long number) {
        return new Arrival(seen(ts), number, Arrival.UNSAID);
    }
}
