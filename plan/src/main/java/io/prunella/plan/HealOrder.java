package io.prunella.plan;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One firing that was let through, with everything its plan may look up: what the decision hands to the executor.
 *
 * @param traceId 32 hex digits; the heal's idempotency key
 * @param planDigest SHA-256 of the plan's JSON, in hex
 * @param packDigest of the pack in force
 * @param entity kind and name; a node goes without its kind, as in recordings
 * @param ancestors of the entity in the topology, nearest first
 * @param subject what the rule was evaluated for, by label
 * @param mode the effective one
 * @param priority higher first
 * @param firedAt epoch milliseconds, in the time of the records
 * @param labels newest labels of the subject and those of the rule
 * @param event attributes of the event that fired it, and {@code id} and {@code type}; empty without one
 * @param values newest value of each series that the plan's templates name
 * @param because the terms of the condition and their values, as printed
 */
public record HealOrder(String traceId, ExecutionPlan plan, String planDigest, String packDigest, String entity,
        List<String> ancestors, Map<String, String> subject, String severity, Mode mode, long priority, long firedAt,
        Map<String, String> labels, Map<String, String> event, Map<String, Double> values,
        Map<String, String> because) {
    private static final int TRACE_DIGITS = 32;

    public HealOrder {
        if (!isTraceId(traceId)) {
            throw new IllegalArgumentException("no trace id: " + traceId);
        }
        requireNonNull(plan);
        requireNonNull(mode);
        ancestors = List.copyOf(ancestors);
        subject = Map.copyOf(subject);
        labels = Map.copyOf(labels);
        event = Map.copyOf(event);
        values = Map.copyOf(values);
        // One alone has no order to be kept.
        because = because.size() <= 1 ? Map.copyOf(because) : Collections.unmodifiableMap(new LinkedHashMap<>(because));
    }

    private static boolean isTraceId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == TRACE_DIGITS;
    }

    /**
     * The same, as conditions see it once steps have run: what they returned is carried as attributes of named events
     * are, under {@code @steps.<id>.<field>}.
     *
     * @param returned by step id, then by field
     */
    public HealOrder withReturned(Map<String, Map<String, String>> returned) {
        if (returned.values().stream().allMatch(Map::isEmpty)) {
            return this;
        }
        Map<String, String> known = new LinkedHashMap<>(event);
        returned.forEach((step, fields) -> fields
                .forEach((field, value) -> known.put("@steps." + step + "." + field, value)));
        return new HealOrder(traceId, plan, planDigest, packDigest, entity, ancestors, subject, severity, mode,
                priority,
                firedAt, labels, known, values, because);
    }
}
