package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event without id and attributes, as it comes again and again; an object is made of it only when one is needed. */
final class EventKey {
    final String entity;
    final String type;
    final Map<String, String> labels;
    /** The rules by which {@link #routes} were found; null while there are none yet. */
    @Nullable
    RuleBook routedBy;
    /** Whom it concerns; null where each event has to go the whole way. */
    @Nullable
    List<Route> routes;
    /** Its entity's number among all entities. */
    int named;

    /** What it means for one group of subjects. */
    static final class Route {
        final int subject;
        final List<Rule> each;
        final List<Gates> gates;
        /** What it is for each rule that waits for the absence of an event. */
        final List<AbsenceMatcher.Part> parts;

        Route(int subject, List<Rule> each, List<Gates> gates, List<AbsenceMatcher.Part> parts) {
            this.subject = subject;
            this.each = each;
            this.gates = gates;
            this.parts = parts;
        }
    }

    EventKey(String entity, String type, Map<String, String> labels) {
        this.entity = entity;
        this.type = type;
        this.labels = Map.copyOf(labels);
    }

    EventSeen seen(long ts) {
        return new EventSeen(ts, entity, type, Optional.empty(), false, Map.of(), labels);
    }

    Arrival arrival(long ts, long number) {
        return new Arrival(seen(ts), number, Arrival.UNSAID);
    }
}
