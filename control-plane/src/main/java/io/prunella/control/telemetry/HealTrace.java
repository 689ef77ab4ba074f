package io.prunella.control.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The spans of one finished heal, parents before their children: what is exported and what the terminal shows.
 *
 * @param traceId the heal's, 32 hex digits
 */
public record HealTrace(String traceId, List<TraceSpan> spans) {
    public HealTrace {
        requireNonNull(traceId);
        spans = List.copyOf(spans);
    }

    /** The span that has no parent. */
    public TraceSpan root() {
        return spans.getFirst();
    }

    /**
     * One span.
     *
     * @param id 16 hex digits; of an attempt its action id
     * @param parent id of the span above, absent for the root
     * @param service {@code service.name}: {@code detector}, {@code policy-engine}, {@code executor},
     *        {@code health-checker}
     * @param start epoch milliseconds
     * @param end epoch milliseconds, not before {@code start}
     * @param error why it is shown as failed; empty when it is not
     */
    public record TraceSpan(String id, Optional<String> parent, String name, String service, long start, long end,
            Optional<String> error, Map<String, String> attributes) {
        public TraceSpan {
            if (!id.matches("[0-9a-f]{16}") || end < start) {
                throw new IllegalArgumentException("no span: " + name + " " + id + " " + start + ".." + end);
            }
            requireNonNull(parent);
            requireNonNull(error);
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }

        public long millis() {
            return end - start;
        }
    }
}
