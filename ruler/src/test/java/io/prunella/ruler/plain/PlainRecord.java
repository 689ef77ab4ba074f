package io.prunella.ruler.plain;

import java.util.Map;
import java.util.Optional;

/** One line of a recording. */
public sealed interface PlainRecord {
    long ts();

    Map<String, String> labels();

    record Sample(long ts, String entity, String metric, Map<String, String> labels, double value)
            implements
                PlainRecord {}

    record Event(long ts, String entity, String type, Optional<String> id, boolean resolved,
            Map<String, Object> attributes, Map<String, String> labels) implements PlainRecord {}

    /** {@code endsAt} is {@link Long#MAX_VALUE} where the record has none. */
    record Alert(long ts, String entity, String name, String fingerprint, long startsAt, long endsAt, boolean resolved,
            Map<String, String> labels) implements PlainRecord {}

    record Tick(long ts) implements PlainRecord {
        @Override
        public Map<String, String> labels() {
            return Map.of();
        }
    }

    /** Labels and {@code entity}: what a subject has to agree with. */
    default Map<String, String> identity() {
        return switch (this) {
            case Sample s -> with(s.labels(), s.entity());
            case Event e -> with(e.labels(), e.entity());
            case Alert a -> with(a.labels(), a.entity());
            case Tick _ -> Map.of();
        };
    }

    private static Map<String, String> with(Map<String, String> labels, String entity) {
        var all = new java.util.TreeMap<>(labels);
        all.put("entity", entity);
        return all;
    }
}
