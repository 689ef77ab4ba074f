package io.prunella.ruler;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule fired: what was seen, and whether its plan may run.
 *
 * @param ts epoch milliseconds of the first instant at which it might fire, in the time of the records
 * @param pack the pack's name
 * @param entity without the kind {@code node}
 * @param subject what the rule was evaluated for, by label, in the order of {@code by}
 * @param mode the effective one
 * @param skipped why nothing may run; empty when the plan was let through
 * @param suppression {@code no_suppression}, or by what
 * @param traceId 32 hex digits
 * @param outline the plan as printed
 * @param because the terms in the order written, the event last
 * @param skippedBy what stood in the way, in words
 * @param healOrder what an executor needs; present when the plan was let through
 */
public record Firing(long ts, String pack, String rule, String entity, Map<String, String> subject, String severity,
        Mode mode, Optional<HealResult> skipped, String suppression, String traceId, List<Map<String, Value>> outline,
        List<Because> because, Optional<HealOrder> healOrder, Optional<String> skippedBy) {

    /** Before the trace id of the cause that explains it. */
    public static final String SUPPRESSED_BY = "suppressed_by_";

    /** Nothing upstream explains it. */
    public static final String NO_SUPPRESSION = "no_suppression";

    /** A firing of which no more is to be said. */
    public Firing(long ts, String pack, String rule, String entity, Map<String, String> subject, String severity,
            Mode mode, Optional<HealResult> skipped, String suppression, String traceId,
            List<Map<String, Value>> outline, List<Because> because, Optional<HealOrder> healOrder) {
        this(ts, pack, rule, entity, subject, severity, mode, skipped, suppression, traceId, outline, because,
                healOrder, Optional.empty());
    }

    public Firing {
        requireNonNull(rule);
        // One alone has no order to be kept.
        subject = subject.size() <= 1 ? Map.copyOf(subject) : Collections.unmodifiableMap(new LinkedHashMap<>(subject));
        outline = List.copyOf(outline);
        because = List.copyOf(because);
        if (skipped.isPresent() == healOrder.isPresent()) {
            throw new IllegalArgumentException("either skipped or let through: " + rule);
        }
    }

    /** The order of a plan that was let through; a bug to ask for otherwise. */
    public HealOrder order() {
        return healOrder.orElseThrow(() -> new IllegalStateException("skipped: " + rule + " on " + entity));
    }
}
