package io.prunella.ruler.backtest;

import io.prunella.plan.HealResult;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison keeps of a firing; its plan is the rule's.
 *
 * @param ts epoch milliseconds
 * @param result {@code DRY_RUN} unless it was skipped
 * @param event the id of the event that fired it, else its type; empty where none did
 */
public record Fired(long ts, String rule, String entity, Map<String, String> subject, HealResult result,
        String traceId, String event, List<Because> because) {
    public Fired {
        subject = Collections.unmodifiableMap(new LinkedHashMap<>(subject));
        because = List.copyOf(because);
    }

    static Fired of(Firing firing) {
        return new Fired(firing.ts(), firing.rule(), firing.entity(), firing.subject(),
                firing.skipped().orElse(HealResult.DRY_RUN), firing.traceId(), event(firing.because()),
                firing.because());
    }

    private static String event(List<Because> because) {
        // The event is printed last, under this name.
        if (because.isEmpty() || !because.getLast().term().equals("event")) {
            return "";
        }
        return because.getLast().value() instanceof Scalar.Text text ? text.value() : "";
    }
}
