package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Judges one rule for one subject, and tells the decision what changed. */
final class Judge {
    private final Round round;
    private final Sight sight;
    private final Breaches breaches;
    private final Causes causes;
    private long[] scratch = new long[4];

    Judge(Round round, Sight sight, Breaches breaches) {
        this.round = round;
        this.sight = sight;
        this.breaches = breaches;
        this.causes = new Causes(round, sight, breaches);
    }

    void judge(Rule rule, int subject) {
        Instance instance = rule.instances.get(subject);
        if (rule.byEvent() && instance == null && rule.inputs.holds.isEmpty()) {
            return;
        }
        sight.at(rule.subjects, subject, round.now, instance == null ? unheld(rule) : instance.holds);
        boolean blocked = rule.blocked(sight);
        Truth truth = rule.when.truth(sight);
        if (instance == null) {
            boolean fires = !rule.byEvent() && truth == Truth.TRUE && !blocked;
            instance = remembered(rule, subject, fires || rule.inputs.clocks.next(sight) != Long.MAX_VALUE);
            if (instance == null) {
                return;
            }
        }
        if (rule.byEvent()) {
            close(instance);
            arm(instance);
            perEvent(instance, truth == Truth.TRUE && !blocked);
        } else {
            if (truth != Truth.TRUE) {
                arm(instance);
            }
            boolean breached = truth == Truth.TRUE && !blocked && instance.armed;
            instance.breach = follow(instance.breach, breached, instance, null);
        }
        causes.judged(instance, truth == Truth.TRUE && !blocked);
        round.judgeAgain(instance, next(instance));
        if (instance.idle()) {
            rule.instances.remove(subject);
            round.remove(instance);
        }
    }

    /** What a census asks of one entity. */
    void census(Census census, int subject) {
        Rule rule = census.rule;
        Instance instance = rule.instances.get(subject);
        sight.at(rule.subjects, subject, round.now, instance == null ? unheld(rule) : instance.holds);
        Truth truth = rule.when.truth(sight);
        if (instance == null) {
            instance = remembered(rule, subject, rule.inputs.clocks.next(sight) != Long.MAX_VALUE);
        }
        census.judged(subject, truth, round);
        if (instance != null) {
            round.judgeAgain(instance, next(instance));
            if (instance.idle()) {
                rule.instances.remove(subject);
                round.remove(instance);
            }
        }
    }

    /** Asks all at once: it may be asked for the first time, or be counted in another way. */
    void takeCensus(Rule rule) {
        Census census = rule.census;
        for (int subject = 0; census != null && subject < rule.subjects.size(); subject++) {
            census(census, subject);
        }
    }

    /** Times of holds that are not held: those of a subject of which nothing is remembered. */
    private long[] unheld(Rule rule) {
        int count = rule.inputs.holds.size();
        if (scratch.length < count) {
            scratch = new long[count];
        }
        Arrays.fill(scratch, 0, count, Sight.NOT_HELD);
        return scratch;
    }

    private @Nullable Instance remembered(Rule rule, int subject, boolean anyway) {
        int count = rule.inputs.holds.size();
        boolean held = false;
        for (int i = 0; i < count; i++) {
            held |= scratch[i] != Sight.NOT_HELD;
        }
        return held || anyway ? round.instance(rule, subject, Arrays.copyOf(scratch, count)) : null;
    }

    /** A firing re-arms only when its condition, holds left out, is false; what {@code unless} says doesn't matter. */
    private void arm(Instance instance) {
        if (!instance.armed) {
            sight.at(instance.rule.subjects, instance.subject, round.now, instance.holds).withoutHolds = true;
            instance.armed = instance.rule.when.truth(sight) == Truth.FALSE;
            sight.withoutHolds = false;
        }
    }

    private void close(Instance instance) {
        List<OpenEvent> events = instance.events;
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).until <= round.now) {
                forget(events.remove(i));
            }
        }
    }

    /** An event that is over takes its facts with it. */
    void forget(OpenEvent event) {
        event.fact = withdrawn(event.fact);
        event.breach = withdrawn(event.breach);
    }

    private @Nullable Object withdrawn(@Nullable Object fact) {
        if (fact != null) {
            breaches.withdraw(fact);
        }
        return null;
    }

    private void perEvent(Instance instance, boolean truthWhateverTheEvent) {
        boolean asks = instance.rule.inputs.asksEvent;
        boolean waiting = false;
        for (OpenEvent event : instance.events) {
            if (event.decided) {
                continue;
            }
            waiting = true;
            if (event.fact == null) {
                event.fact = breaches.event(instance, event);
            }
            if (asks) {
                sight.at(instance.rule.subjects, instance.subject, round.now, instance.holds).event = event;
                boolean blocked = instance.rule.blocked(sight);
                boolean breached = instance.rule.when.truth(sight) == Truth.TRUE && !blocked && instance.armed;
                event.breach = follow(event.breach, breached, instance, event);
            }
        }
        if (!asks) {
            instance.breach = follow(instance.breach, waiting && truthWhateverTheEvent && instance.armed, instance,
                    null);
        }
    }

    private @Nullable Object follow(@Nullable Object fact, boolean breached, Instance instance,
            @Nullable OpenEvent event) {
        if (!breached || instance.rule.silent()) {
            return withdrawn(fact);
        }
        return fact != null ? fact : breaches.breach(instance, event);
    }

    /** A firing was decided, whichever way: it is not tried again. */
    void decided(Instance instance, @Nullable OpenEvent event) {
        instance.firedAt = round.now;
        instance.firedFor = event;
        if (event == null) {
            instance.armed = false;
            instance.breach = withdrawn(instance.breach);
            return;
        }
        forget(event);
        event.decided = true;
        if (event.seen.id().isEmpty() && !causes.watched(instance, event)) {
            instance.events.remove(event);
        }
        if (instance.events.stream().allMatch(other -> other.decided)) {
            instance.breach = withdrawn(instance.breach);
        }
    }

    /** A firing that is about to be decided explains others for as long as it holds. */
    boolean cause(Instance instance, @Nullable OpenEvent event, Object fact) {
        boolean first = !causes.holds(instance, event);
        if (first) {
            causes.begin(instance, event, fact);
        }
        return first;
    }

    /** Tells once when a firing no longer holds. */
    void symptom(Instance instance, @Nullable OpenEvent event, LongConsumer ended) {
        causes.begin(instance, event, ended);
    }

    /** Its rule is gone. */
    void dismiss(Instance instance) {
        causes.dismiss(instance);
        instance.events.forEach(this::forget);
        instance.events.clear();
        instance.breach = withdrawn(instance.breach);
        round.remove(instance);
    }

    /** Sees to it that a rule is judged when a condition turns for all subjects at once. */
    void awaitClock(Rule rule) {
        if (rule.inputs.clocks.hasCommon()) {
            sight.at(rule.subjects, 0, round.now, new long[0]);
            long next = rule.inputs.clocks.nextForAll(sight);
            if (next != Long.MAX_VALUE) {
                round.clockAt(next, rule);
            }
        }
    }

    /** A rule that was changed acts for a subject only after its condition was false once. */
    void armAnew(Rule rule, int subject) {
        sight.at(rule.subjects, subject, round.now, new long[0]).withoutHolds = true;
        Truth truth = rule.when.truth(sight);
        sight.withoutHolds = false;
        // An event rule without a condition has none that could be false: only the events open now are not its own.
        if (truth != Truth.FALSE && !(rule.byEvent() && rule.unconditional())) {
            round.instance(rule, subject, Sight.unheld(rule.inputs.holds.size())).armed = false;
        }
        judge(rule, subject);
    }

    /** When time alone may change something for it. */
    private long next(Instance instance) {
        long next = due(instance.holds, instance.rule.inputs.holds);
        Clocks clocks = instance.rule.inputs.clocks;
        if (!clocks.isEmpty()) {
            sight.at(instance.rule.subjects, instance.subject, round.now, instance.holds);
            next = Math.min(next, clocks.next(sight));
            if (instance.rule.inputs.asksEvent) {
                for (OpenEvent event : instance.events) {
                    sight.event = event;
                    next = Math.min(next, clocks.next(sight));
                }
            }
        }
        for (OpenEvent event : instance.events) {
            next = Math.min(next, Math.min(event.until, due(event.holds, instance.rule.inputs.eventHolds)));
        }
        return next;
    }

    private long due(long[] since, List<Long> after) {
        return due(since, after, round.now);
    }

    static long due(long[] since, List<Long> after, long now) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < since.length; i++) {
            if (since[i] != Sight.NOT_HELD && since[i] + after.get(i) > now) {
                next = Math.min(next, since[i] + after.get(i));
            }
        }
        return next;
    }
}
