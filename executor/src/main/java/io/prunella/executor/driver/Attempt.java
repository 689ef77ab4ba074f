package io.prunella.executor.driver;

import io.prunella.executor.lock.FencingToken;
import io.prunella.plan.ActionSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One try of one action on one target, with everything looked up.
 *
 * @param actionId 16 hex digits, the same after a restart; names this attempt in journal, traces and logs
 * @param step id of the step, e.g. {@code then[0]}
 * @param action as declared; use {@code properties} and {@code arguments} here instead of its own templates
 * @param driverArguments what stands in the parentheses of {@code uses: driver(…)}
 * @param properties the driver's settings
 * @param arguments of the action by parameter, defaults filled in
 * @param number of the attempt, from 1
 * @param timeoutMillis after which {@link RunningAttempt#cancel} is called; a check has as long
 * @param token of the claim on the target; {@link FencingToken#NONE} where nothing is claimed
 */
public record Attempt(String traceId, String actionId, String rule, String step, ActionSpec action,
        List<Datum> driverArguments, Map<String, Datum> properties, Map<String, Datum> arguments, String target,
        int number, long timeoutMillis, FencingToken token) {
    public Attempt {
        driverArguments = List.copyOf(driverArguments);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
}
