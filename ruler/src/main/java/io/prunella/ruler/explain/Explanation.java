package io.prunella.ruler.explain;

import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How it stood with a rule for one subject, once everything of an instant had happened.
 *
 * @param at epoch milliseconds
 * @param pack the pack's name
 * @param entity without the kind {@code node}
 * @param trigger what starts it
 * @param when the condition; with an event that it asks, the one of {@code trigger.asked}
 * @param unless what blocks it, if the rule says so
 * @param blocked whether {@code unless} blocks: where it is true, and where it is unknown for want of a series that was
 * @param until what alone re-arms it, if the rule says so
 * @param fired what it fired at this very instant
 * @param before its last firing before, where that is known
 * @param obstacles what would have a firing skipped now; what this instant's firings took themselves is left out
 * @param spared what stands above it and fired lately, and yet does not suppress it
 */
public record Explanation(long at, String pack, String rule, String entity, Map<String, String> subject,
        Trigger trigger, Branch when, Optional<Branch> unless, boolean blocked, Optional<Branch> until, Arming arming,
        List<Fired> fired, Optional<Fired> before, List<Obstacle> obstacles, List<Spared> spared) {
    public Explanation {
        subject = Collections.unmodifiableMap(new LinkedHashMap<>(subject));
        fired = List.copyOf(fired);
        obstacles = List.copyOf(obstacles);
        spared = List.copyOf(spared);
    }

    /**
     * A firing above an entity that does not suppress what fires there.
     *
     * @param entity whose firing it was
     * @param traceId its own
     * @param why as the rest of a sentence, ``its window of 5m is over``
     * @param since from when on that is so, where it can be told
     */
    public record Spared(String entity, String traceId, String why, OptionalLong since) {}

    /** Whom it is about, for people: {@code node-1}, {@code node-1 {mountpoint=/}}. */
    public String name() {
        List<String> rest = subject.entrySet().stream()
                .filter(label -> !label.getKey().equals("entity") && !entity.equals(label.getKey() + "/"
                        + label.getValue()))
                .map(label -> label.getKey() + "=" + label.getValue()).toList();
        return entity + (rest.isEmpty() ? "" : " {" + String.join(", ", rest) + "}");
    }

    /**
     * What starts a rule.
     *
     * @param text as written; empty for a rule that the condition alone starts
     * @param types of events that it waits for
     * @param open its open events, oldest first
     * @param asked number among {@code open} of the event that the condition was asked of
     * @param nearest where none is open and waiting: the event that came closest
     * @param similar the name of an event that was seen, where none of the types ever was and the names are near
     */
    public record Trigger(String text, List<String> types, List<EventView> open, OptionalLong asked,
            Optional<EventView> nearest, Optional<String> similar) {
        public Trigger {
            types = List.copyOf(types);
            open = List.copyOf(open);
        }

        /** The condition alone starts it. */
        public static final Trigger NONE = new Trigger("", List.of(), List.of(), OptionalLong.empty(),
                Optional.empty(), Optional.empty());

        /** Whether something has to happen for it to fire. */
        public boolean isNeeded() {
            return !text.isEmpty();
        }

        /** Whether an event waits for the condition. */
        public boolean isWaiting() {
            return open.stream().anyMatch(event -> event.standing() == EventView.Standing.OPEN);
        }
    }

    /**
     * Whether it may fire again.
     *
     * @param state and why
     * @param since the firing that disarmed it, epoch milliseconds, where there is one
     * @param withoutHolds the condition, holds left out: it has to be false once
     */
    public record Arming(State state, OptionalLong since, Truth withoutHolds) {

        /** What it waits for. */
        public enum State {
            /** It may fire. */
            ARMED,
            /** It has fired, and its condition, holds left out, was not false since. */
            FIRED,
            /** It has fired, and what {@code until} says was not true since. */
            UNTIL,
            /** It was loaded or changed while its condition was true, and that was not false since. */
            CHANGED
        }
    }

    /**
     * A firing.
     *
     * @param skipped why nothing was to run; absent when the plan was let through
     * @param skippedBy what stood in the way, in words
     * @param event the event that it answered, by its id, else its type
     */
    public record Fired(long ts, Optional<HealResult> skipped, Optional<String> skippedBy, String traceId,
            Optional<String> event) {}
}
