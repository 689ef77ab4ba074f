package io.prunella.executor.run;

import io.prunella.executor.driver.Datum;
import io.prunella.executor.driver.Outcome;
import io.prunella.plan.HealOrder;
import java.util.Map;

/** Feeds an event of a plan back to whoever judges, at the front door. Thread-safe; does not block. */
@FunctionalInterface
public interface Emitter {

    /** For executors of which nobody judges what they do. */
    Emitter NOBODY = (_, _, _) -> new Outcome.Succeeded(Map.of());

    /**
     * Emits one event with the heal's entity and labels.
     *
     * @param attributes all looked up
     */
    Outcome emit(HealOrder order, String eventType, Map<String, Datum> attributes);
}
