package io.prunella.ruler.index;

import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Judges one rule for one subject, and tells the decision what changed. */
final class Judge {
    private final Round round;
    private final Sight sight;
    private final Breaches breaches;
    private final Causes causes;
    private final Rearming rearming;
    private static final long[] NO_HOLDS = new long[0];

    /** Whether somebody wants to hear of every event, also of those of which nothing can come. */
    boolean everyEvent;
    private long[] scratch = new long[4];
    /** Events of the rule under judgement that have come or come due. */
    private final List<OpenEvent> seen = new ArrayList<>();

    Judge(Round round, Sight sight, Breaches breaches) {
        this.round = round;
        this.sight = sight;
        this.breaches = breaches;
        this.causes = new Causes(round, sight, breaches);
        this.rearming = new Rearming(round, sight);
    }

    void judge(Rule rule, int subject) {
        judge(rule, subject, true);
    }

    /** The same when nothing has changed for it but that events came, or came due. */
    void judgeEvents(Rule rule, int subject) {
        judge(rule, subject, false);
    }

    private void judge(Rule rule, int subject, boolean whole) {
        Instance instance = taking(rule, subject);
        if (instance == null && rule.byEvent() && rule.holds.length == 0) {
            return;
        }
        sight.at(rule.subjects, subject, round.now, instance == null ? unheld(rule) : instance.holds);
        boolean blocked = rule.blocked(sight);
        Truth truth = rule.when.truth(sight);
        boolean until = rule.until != null && rule.until.truth(sight) == Truth.TRUE;
        boolean fires = truth == Truth.TRUE && !blocked;
        if (instance == null) {
            instance = remembered(rule, subject, (!rule.byEvent() && fires && rule.turn(round.now))
                    || turnsByItself(rule));
            if (instance == null) {
                return;
            }
            instance.untilWasTrue = until;
        }
        rearming.judged(instance, truth, until && !instance.untilWasTrue);
        instance.untilWasTrue = until;
        if (rule.byEvent()) {
            perEvent(instance, fires, whole);
        } else {
            boolean breached = fires && rule.turn(round.now) && (instance.armed() || repeats(instance));
            instance.breach = follow(instance.breach, breached, instance, null);
        }
        causes.judged(instance, fires && rule.turn(round.now), seen, whole);
        round.judgeAgain(instance, next(instance));
        if (instance.idle(round.now)) {
            rule.instances.remove(subject);
            round.remove(instance);
        }
    }

    /** What is remembered of the two, with the open events that it shares with others as soon as its gate is open. */
    private @Nullable Instance taking(Rule rule, int subject) {
        Instance instance = rule.instances.get(subject);
        Gate gate = rule.gate;
        long taken = instance == null ? rule.eventsBefore : instance.taken;
        if (gate == null || !gate.events().any(subject, taken)) {
            return instance;
        }
        sight.at(rule.subjects, subject, round.now, NO_HOLDS);
        if (!everyEvent && !gate.open(sight)) {
            return instance;
        }
        for (OpenEvent event : gate.events().open(subject, taken, round.now)) {
            if (instance == null) {
                instance = round.instance(rule, subject, Sight.unheld(rule.holds.length));
            }
            instance.events.add(event.another(), round.now);
            instance.taken = event.number();
            instance.takenUntil = Math.max(instance.takenUntil, event.until);
        }
        return instance;
    }

    /** Whether a condition of the subject in sight turns by the mere passing of time. */
    private boolean turnsByItself(Rule rule) {
        return rule.timed && rule.inputs.clocks.next(sight) != Long.MAX_VALUE;
    }

    private boolean repeats(Instance instance) {
        return instance.arming == Instance.Arming.FIRED && instance.rule.repeats(instance.firedAt, round.now);
    }

    /** What a census asks of one entity. */
    void census(Census census, int subject) {
        Rule rule = census.rule;
        Instance instance = rule.instances.get(subject);
        sight.at(rule.subjects, subject, round.now, instance == null ? unheld(rule) : instance.holds);
        Truth truth = rule.when.truth(sight);
        if (instance == null) {
            instance = remembered(rule, subject, turnsByItself(rule));
        }
        census.judged(subject, truth, round);
        if (instance != null) {
            round.judgeAgain(instance, next(instance));
            if (instance.idle(round.now)) {
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
        int count = rule.holds.length;
        if (scratch.length < count) {
            scratch = new long[count];
        }
        Arrays.fill(scratch, 0, count, Sight.NOT_HELD);
        return scratch;
    }

    private @Nullable Instance remembered(Rule rule, int subject, boolean anyway) {
        int count = rule.holds.length;
        boolean held = false;
        for (int i = 0; i < count; i++) {
            held |= scratch[i] != Sight.NOT_HELD;
        }
        return held || anyway ? round.instance(rule, subject, Arrays.copyOf(scratch, count)) : null;
    }

    /** Collects the events that have come or come due; those of them that are over end here. */
    private void takeDue(Instance instance) {
        OpenEvents events = instance.events;
        for (OpenEvent event = events.takeDue(round.now); event != null; event = events.takeDue(round.now)) {
            seen.add(event);
            if (event.until <= round.now) {
                forget(event);
                event.over = true;
                events.waitsNoMore(event);
                if (instance.rule.forgets(event) <= round.now) {
                    events.forget(event);
                } else {
                    events.putBack(event, instance.rule.forgets(event));
                }
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

    /**
     * Judges a rule for its events: for all that may fire yet when something has changed for all of them, else for those
     * that have come or come due.
     *
     * @param marked whether something besides events may have changed
     */
    private void perEvent(Instance instance, boolean fires, boolean marked) {
        Rule rule = instance.rule;
        OpenEvents events = instance.events;
        seen.clear();
        takeDue(instance);
        boolean whole = (marked && rule.inputs.asksEvent) || fires != instance.eventsFired
                || instance.armed() != instance.eventsArmed
                || (instance.foremost != null && instance.foremost.breach != null);
        instance.eventsFired = fires;
        instance.eventsArmed = instance.armed();
        instance.foremost = null;
        if (whole) {
            for (OpenEvent event = events.waiting(); event != null; event = event.later) {
                perEvent(instance, event, fires);
                if (rule.turnsByEvent() && events.contains(event)) {
                    events.due(event, due(instance, event));
                }
            }
        } else {
            if (rule.until != null) {
                seen.sort(Comparator.comparingLong(OpenEvent::number));
            }
            for (OpenEvent event : seen) {
                if (event.waits) {
                    perEvent(instance, event, fires);
                }
            }
        }
        for (OpenEvent event : seen) {
            if (!event.over) {
                events.putBack(event, due(instance, event));
            }
        }
        if (!rule.apart()) {
            instance.breach = follow(instance.breach, events.waiting() != null && fires && instance.armed(), instance,
                    null);
        }
    }

    private void perEvent(Instance instance, OpenEvent event, boolean firesWhateverTheEvent) {
        Rule rule = instance.rule;
        boolean fires = rule.inputs.asksEvent ? fires(instance, event) : firesWhateverTheEvent;
        if (event.decided && !rule.repeats(event.firedAt, round.now)) {
            return;
        }
        if (fires && event.fact == null) {
            // Before that it has no breach to be joined with.
            event.fact = breaches.event(instance, event);
        }
        if (rule.apart()) {
            // With `until`, one firing holds back those of the same instant, too.
            boolean breached = fires && (instance.armed() || event.decided)
                    && !(rule.until != null && instance.foremost != null);
            if (breached && rule.until != null) {
                instance.foremost = event;
            }
            event.breach = follow(event.breach, breached, instance, event);
        }
    }

    private boolean fires(Instance instance, OpenEvent event) {
        Rule rule = instance.rule;
        sight.at(rule.subjects, instance.subject, round.now, instance.holds).event = event;
        boolean blocked = rule.blocked(sight);
        return rule.when.truth(sight) == Truth.TRUE && !blocked;
    }

    private @Nullable Object follow(@Nullable Object fact, boolean breached, Instance instance,
            @Nullable OpenEvent event) {
        if (!breached || instance.rule.silent()) {
            return withdrawn(fact);
        }
        return fact != null ? fact : breaches.breach(instance, event);
    }

    /** A firing was decided, whichever way: it is not tried again, though it may be repeated. */
    void decided(Instance instance, @Nullable OpenEvent event) {
        Rule rule = instance.rule;
        instance.firedAt = round.now;
        instance.firedFor = event;
        if (event == null) {
            instance.breach = withdrawn(instance.breach);
        } else {
            forget(event);
            event.decided = true;
            event.firedAt = round.now;
            if (!rule.repeats()) {
                instance.events.waitsNoMore(event);
            }
            if (!rule.remembers(event) && event.causes.isEmpty()) {
                instance.events.forget(event);
            } else if (instance.events.contains(event)) {
                instance.events.due(event, due(instance, event));
            }
            if (instance.events.waiting() == null) {
                instance.breach = withdrawn(instance.breach);
            }
        }
        if (rule.disarmedByFiring()) {
            instance.disarm();
        }
        round.judgeAgain(instance, next(instance));
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

    /** Tells once when what a firing was for is over, unless its event expires before. */
    void waits(Instance instance, @Nullable OpenEvent event, Cleared receiver) {
        causes.begin(instance, event, receiver);
    }

    /** Its rule is gone. */
    void dismiss(Instance instance) {
        causes.dismiss(instance);
        for (OpenEvent event = instance.events.takeDue(Long.MAX_VALUE); event != null; event = instance.events
                .takeDue(Long.MAX_VALUE)) {
            forget(event);
            instance.events.forget(event);
        }
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
        if (truth != Truth.FALSE && !((rule.byEvent() || rule.scheduled()) && rule.unconditional())) {
            round.instance(rule, subject,
                    Sight.unheld(rule.holds.length)).arming = Instance.Arming.LOADED;
        }
        judge(rule, subject);
    }

    /** When time alone may change something for it. */
    private long next(Instance instance) {
        Rule rule = instance.rule;
        long next = due(instance.holds, rule.holds, round.now);
        if (rule.timed) {
            sight.at(rule.subjects, instance.subject, round.now, instance.holds);
            next = Math.min(next, rule.inputs.clocks.next(sight));
        }
        if (rule.scheduled() && causes.explains(instance)) {
            // A time of a schedule is over at once, and so is what it explains.
            next = Math.min(next, round.now + 1);
        }
        if (instance.arming == Instance.Arming.FIRED && !rule.byEvent()) {
            next = Math.min(next, ahead(rule.repeatAt(instance.firedAt)));
            if (instance.gapSince != Sight.NOT_HELD) {
                next = Math.min(next, ahead(Matcher.later(instance.gapSince, rule.keepFiringMillis())));
            }
        }
        instance.wholeAt = next;
        return Math.min(Math.min(next, ahead(instance.takenUntil)), instance.events.nextDue());
    }

    /** When time alone may change something for an open event. */
    private long due(Instance instance, OpenEvent event) {
        Rule rule = instance.rule;
        long next = Math.min(event.until, due(event.holds, rule.eventHolds, round.now));
        if (rule.inputs.asksEvent && rule.timed) {
            sight.at(rule.subjects, instance.subject, round.now, instance.holds).event = event;
            next = Math.min(next, rule.inputs.clocks.next(sight));
        }
        return event.decided ? Math.min(next, ahead(rule.repeatAt(event.firedAt))) : next;
    }

    /** What lies behind brings nothing any more. */
    private long ahead(long instant) {
        return instant > round.now ? instant : Long.MAX_VALUE;
    }

    static long due(long[] since, long[] after, long now) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < since.length; i++) {
            if (since[i] != Sight.NOT_HELD && since[i] + after[i] > now) {
                next = Math.min(next, since[i] + after[i]);
            }
        }
        return next;
    }
}
