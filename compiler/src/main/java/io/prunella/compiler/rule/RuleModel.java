package io.prunella.compiler.rule;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Mode;
import io.prunella.plan.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A checked rule with every default of its pack filled in.
 *
 * @param name of a header-less rule: its file's
 * @param severity {@code critical}, {@code high}, {@code warning}, {@code info}
 * @param mode the rule's own or its pack's; absent when neither says one
 * @param when what has to hold, holds included; {@link Condition.All} of nothing when the rule has no condition
 * @param cooldownMillis absent when the rule says nothing
 * @param plan what it does
 * @param outline {@code then} as a simulation prints it: each step's arguments written or inherited, in that order
 * @param conditions what {@link io.prunella.plan.ConditionRef#index} points at: {@code verify}, {@code if}, …
 * @param lookups names of series that templates and arguments of the plan look up with {@code value(x)}
 * @param contentHash SHA-256 in hex of all that the rule means; equal hashes keep their holds through a reload
 */
public record RuleModel(String name, String severity, Map<String, String> labels, long priority, Optional<Mode> mode,
        Subject subject, Trigger trigger, Condition when, Optional<Condition> unless, OptionalLong cooldownMillis,
        List<Limit> limits, ExecutionPlan plan, List<Map<String, Value>> outline, List<Condition> conditions,
        List<SeriesSelector> lookups, String contentHash) {
    public RuleModel {
        requireNonNull(name);
        requireNonNull(severity);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        requireNonNull(when);
        limits = List.copyOf(limits);
        outline = List.copyOf(outline);
        conditions = List.copyOf(conditions);
        lookups = List.copyOf(lookups);
        if (priority < 0) {
            throw new IllegalArgumentException("negative priorities are the system's own: " + priority);
        }
    }

    /** What a rule is evaluated for. */
    public sealed interface Subject {

        /** Each entity that any record named. */
        record PerEntity() implements Subject {}

        /** Each combination of values of these labels; {@code entity} may be one of them, and comes first then. */
        record PerLabels(List<String> labels) implements Subject {
            public PerLabels {
                labels = List.copyOf(labels);
            }
        }
    }

    /** What starts it. */
    public sealed interface Trigger {

        /** The condition's becoming true. */
        record Edge() implements Trigger {}

        /**
         * Each event of one of these types.
         *
         * @param where over the event's attributes; {@link Condition.All} of nothing when there is none
         * @param openMillis how long an event stays open unless it is resolved
         */
        record OnEvent(List<String> types, Condition where, long openMillis) implements Trigger {
            public OnEvent {
                types = List.copyOf(types);
                requireNonNull(where);
            }
        }
    }

    /** How often it may fire. */
    public sealed interface Limit {

        /** As written, e.g. {@code 3 per 1h}. */
        String text();

        /** At most {@code count} firings in {@code (t-window, t]}, counted for each value of {@code per}. */
        record Rate(long count, long windowMillis, Per per, String text) implements Limit {}
    }

    /** Which firings one count of a limit sees. */
    public sealed interface Per {

        record Rule() implements Per {}

        record PerSubject() implements Per {}

        /** A label of the target; an absent one is the empty string. */
        record Label(String name) implements Per {}
    }
}
