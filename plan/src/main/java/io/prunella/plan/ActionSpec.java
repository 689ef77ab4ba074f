package io.prunella.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An action as declared (language section 5), ready for a driver.
 *
 * @param uses drivers in the order tried: the next one only when the one before certainly did nothing
 * @param properties the driver's own settings ({@code playbook}, {@code argv}, {@code url}, …); paths are relative to
 *        {@code packFolder}
 * @param check what is run before every attempt: a playbook or argv, as the driver takes it
 * @param packFolder absolute path of the pack's folder, empty where actions need no files
 */
public record ActionSpec(String name, List<Parameter> parameters, List<Use> uses, Map<String, Value> properties,
        Optional<Value> check, boolean idempotent, boolean destructive, List<String> needs, List<String> touches,
        Optional<Expects> expects, List<Health> health, Map<String, String> returns, Sandbox sandbox,
        String permission, String packFolder) {
    public ActionSpec {
        parameters = List.copyOf(parameters);
        uses = List.copyOf(uses);
        properties = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(properties));
        needs = List.copyOf(needs);
        touches = List.copyOf(touches);
        health = List.copyOf(health);
        returns = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(returns));
    }

    /**
     * What an action takes.
     *
     * @param type {@code string}, {@code number}, {@code bool}, {@code duration}, {@code bytes}
     */
    public record Parameter(String name, String type, Optional<Value> defaultValue) {}

    /** A driver and what stands in its parentheses. */
    public record Use(String driver, List<Value> arguments) {
        public Use {
            arguments = List.copyOf(arguments);
        }
    }

    /** What a process must end with to have succeeded; {@code output} is an RE2 pattern that must be found. */
    public record Expects(OptionalInt exit, Optional<String> output) {}

    /** A dependent service that a preview asks: kind {@code unit}, {@code http}, {@code tcp}. */
    public record Health(String kind, Template target) {}

    /** Limits of a process; {@code required} refuses where they can't be had. */
    public record Sandbox(Optional<Double> cpu, Optional<Double> memoryBytes, OptionalInt pids, boolean network,
            boolean required) {}
}
