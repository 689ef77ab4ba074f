package io.prunella.compiler.rule;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Mode;
import io.prunella.plan.Value;
import java.time.ZoneId;
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
 * @param rhythm when it may fire again, and which gaps do not end it
 * @param cooldownMillis absent when the rule says nothing
 * @param plan what it does
 * @param outline {@code then} as a simulation prints it: each step's arguments written or inherited, in that order
 * @param conditions what {@link io.prunella.plan.ConditionRef#index} points at: {@code verify}, {@code if}, …
 * @param lookups names of series that templates and arguments of the plan look up with {@code value(x)}
 * @param contentHash SHA-256 in hex of all that the rule means; equal hashes keep their holds through a reload
 */
public record RuleModel(String name, String severity, Map<String, String> labels, long priority, Optional<Mode> mode,
        Subject subject, Trigger trigger, Condition when, Optional<Condition> unless, Rhythm rhythm,
        OptionalLong cooldownMillis, List<Limit> limits, ExecutionPlan plan, List<Map<String, Value>> outline,
        List<Condition> conditions,
        List<SeriesSelector> lookups, String contentHash) {
    public RuleModel {
        requireNonNull(name);
        requireNonNull(severity);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        requireNonNull(when);
        requireNonNull(rhythm);
        limits = List.copyOf(limits);
        outline = List.copyOf(outline);
        conditions = List.copyOf(conditions);
        lookups = List.copyOf(lookups);
        if (priority < 0) {
            throw new IllegalArgumentException("negative priorities are the system's own: " + priority);
        }
    }

    /**
     * When a rule fires again.
     *
     * @param until what alone re-arms it, where the rule says so
     * @param repeatMillis after how long it fires again while it stays true
     * @param keepFiringMillis gaps shorter than this do not end it
     */
    public record Rhythm(Optional<Condition> until, OptionalLong repeatMillis, OptionalLong keepFiringMillis) {
        public static final Rhythm PLAIN = new Rhythm(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** What a rule is evaluated for. */
    public sealed interface Subject {

        /** Each entity that any record named. */
        record PerEntity() implements Subject {}

        /** The pack as a whole, as a schedule is: every series and event is its own. */
        record PerPack() implements Subject {}

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

        /**
         * Events one after the other; each part's {@code withinMillis} counts from the one before it, the first's is 0.
         *
         * @param openMillis how long a match stays open from its instant
         */
        record Sequence(List<EventPart> parts, long openMillis) implements Trigger {
            public Sequence {
                parts = List.copyOf(parts);
            }
        }

        /** An event that {@code without} does not follow in its {@code withinMillis}, ends included. */
        record Absence(EventPart first, EventPart without, long openMillis) implements Trigger {
            /** How long after the first event the other one may still come. */
            public long withinMillis() {
                return without.withinMillis();
            }
        }

        /** The {@code count}-th event within a window that includes its ends. */
        record Times(EventPart of, int count, long withinMillis, long openMillis) implements Trigger {}

        /** An Alertmanager alert of one of these names, open until it is resolved or ends. */
        record OnAlert(List<String> names, Condition where) implements Trigger {
            public OnAlert {
                names = List.copyOf(names);
            }
        }

        /** Five cron fields in a zone; {@link Cron#read} takes them. */
        record OnCron(String cron, ZoneId zone) implements Trigger {}

        /** Every multiple of a period since the epoch. */
        record OnEvery(long periodMillis) implements Trigger {}
    }

    /** One event of a trigger that takes several. */
    public record EventPart(List<String> types, Condition where, Optional<String> alias, long withinMillis) {
        public EventPart {
            types = List.copyOf(types);
        }
    }

    /** How often it may fire. */
    public sealed interface Limit {

        /** As written, e.g. {@code 3 per 1h}. */
        String text();

        /** At most {@code count} firings in {@code (t-window, t]}, counted for each value of {@code per}. */
        record Rate(long count, long windowMillis, Per per, String text) implements Limit {}

        /** At most {@code count} plans that have not ended, counted for each value of {@code per}. */
        record AtOnce(long count, Per per, String text) implements Limit {}

        /** At most {@code max(1, floor(fraction × size))} plans at once, of the inventory of the target's kind. */
        record OfFleet(double fraction, String text) implements Limit {}
    }

    /** Which firings one count of a limit sees. */
    public sealed interface Per {

        record Rule() implements Per {}

        record PerSubject() implements Per {}

        /** A label of the target; an absent one is the empty string. */
        record Label(String name) implements Per {}
    }
}
