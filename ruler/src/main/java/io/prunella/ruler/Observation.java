package io.prunella.ruler;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record: everything the ruler ever learns, with the time that its sender gave it.
 *
 * <p>Entities are a kind and a name; the kind {@code node} may be left out and is always left out in output.
 */
public sealed interface Observation {

    /** Epoch milliseconds, in the time of the records. */
    long ts();

    /** A value of a series. */
    record Sample(long ts, String entity, String metric, Map<String, String> labels, double value)
            implements
                Observation {
        public Sample {
            requireNonNull(entity);
            requireNonNull(metric);
            labels = Map.copyOf(labels);
        }
    }

    /** A series' source says that it is gone; ends nothing in {@code when}. */
    record StaleMarker(long ts, String entity, String metric, Map<String, String> labels) implements Observation {
        public StaleMarker {
            requireNonNull(entity);
            requireNonNull(metric);
            labels = Map.copyOf(labels);
        }
    }

    /**
     * An event opened, or was resolved.
     *
     * @param id tells events of one type and subject apart; a resolution without one ends all of them
     * @param attributes nested ones under their joined names, {@code commit.id}
     * @param depth 0 from outside; of an event that a plan emitted one more than of what led to its firing
     */
    record EventSeen(long ts, String entity, String type, Optional<String> id, boolean resolved,
            Map<String, Scalar> attributes, Map<String, String> labels, int depth) implements Observation {
        /** An event from outside. */
        public EventSeen(long ts, String entity, String type, Optional<String> id, boolean resolved,
                Map<String, Scalar> attributes, Map<String, String> labels) {
            this(ts, entity, type, id, resolved, attributes, labels, 0);
        }

        public EventSeen {
            requireNonNull(entity);
            requireNonNull(type);
            requireNonNull(id);
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            labels = Map.copyOf(labels);
        }
    }

    /**
     * An alert of Alertmanager's fires, or is over; sent again and again while it lasts.
     *
     * @param name its {@code alertname}
     * @param fingerprint with {@code startsAt}, what tells it from all others
     * @param startsAt epoch milliseconds
     * @param endsAt the first instant at which it is over although nobody says so; absent where it is not known yet
     */
    record AlertSeen(long ts, String entity, String name, String fingerprint, long startsAt, OptionalLong endsAt,
            boolean resolved, Map<String, String> annotations, Map<String, String> labels) implements Observation {
        public AlertSeen {
            requireNonNull(entity);
            requireNonNull(name);
            requireNonNull(fingerprint);
            requireNonNull(endsAt);
            annotations = Map.copyOf(annotations);
            labels = Map.copyOf(labels);
        }
    }

    /** Moves the clock and says nothing else. */
    record Tick(long ts) implements Observation {}

    /**
     * What a probe answered.
     *
     * @param probe as written in the rule, which is the name of the series that it becomes
     */
    record ProbeAnswer(long ts, String entity, String probe, double value) implements Observation {
        public ProbeAnswer {
            requireNonNull(entity);
            requireNonNull(probe);
        }
    }
}
