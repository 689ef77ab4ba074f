package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be judged at the end of an instant, and who is waiting for which time. */
final class Round {
    /** Kinds of owners of timers. */
    static final int STALENESS = 0;
    static final int INSTANCE = 1;
    static final int OTHER = 2;
    static final int TRIGGER = 3;
    static final int STALENESS_CHAIN = 4;
    static final int CLOCK = 5;
    static final int SILENCE = 6;
    static final int WINDOWS = 7;
    private static final int KIND_SHIFT = 60;
    private static final int EPOCH_SHIFT = 32;
    private static final int EPOCH_MASK = (1 << 28) - 1;

    final Timers timers = new Timers();
    long now = Long.MIN_VALUE;
    /** Rules that have to be judged for some subject. */
    private final List<Rule> dirty = new ArrayList<>();
    private final LongSet touched = new LongSet();
    private final List<@Nullable Instance> instances = new ArrayList<>();
    private final IntList free = new IntList();
    private int epoch;
    private int clocks;

    void mark(Rule rule, int subject) {
        if (rule.marks.add(subject)) {
            dirty.add(rule);
        }
    }

    /** Events of a rule and subject have come, or come due: they alone have to be judged, if nothing else is marked. */
    void touch(Rule rule, int subject) {
        touched.add(((long) rule.place << 32) | subject);
    }

    /** How many pairs there are of which nothing but events has to be judged, some of which are marked as well. */
    int touched() {
        return touched.size();
    }

    int touchedRuleAt(int index) {
        return (int) (touched.get(index) >>> 32);
    }

    int touchedSubjectAt(int index) {
        return (int) touched.get(index);
    }

    /** How many rules are marked for some subject. */
    int marked() {
        return dirty.size();
    }

    Rule ruleAt(int index) {
        return dirty.get(index);
    }

    void judged() {
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).marks.clear();
        }
        dirty.clear();
        touched.clear();
    }

    /** From here on, timers of staleness set before mean nothing. */
    void newEpoch() {
        epoch = (epoch + 1) & EPOCH_MASK;
    }

    /** From here on, clocks of rules set before mean nothing. */
    void newClocks() {
        clocks = (clocks + 1) & EPOCH_MASK;
    }

    void stalenessAt(long due, int series) {
        timers.add(due, ((long) STALENESS << KIND_SHIFT) | ((long) epoch << EPOCH_SHIFT) | series);
    }

    /** Values of several series may stop being valid from {@code due} on. */
    void stalenessAround(long due) {
        timers.add(due, ((long) STALENESS_CHAIN << KIND_SHIFT) | ((long) epoch << EPOCH_SHIFT));
    }

    /** A rule of which a condition turns for all subjects at once. */
    void clockAt(long due, Rule rule) {
        timers.add(due, ((long) CLOCK << KIND_SHIFT) | ((long) clocks << EPOCH_SHIFT) | rule.place);
    }

    /** When an entity has not been seen for a day, if it is not seen before. */
    void silenceAt(long due, int subject) {
        timers.add(due, ((long) SILENCE << KIND_SHIFT) | subject);
    }

    /** Something outside the index that wants an instant of its own. */
    void wakeAt(long due) {
        timers.add(due, (long) OTHER << KIND_SHIFT);
    }

    /** A sample leaves some series' windows. */
    void windowsAt(long due) {
        timers.add(due, (long) WINDOWS << KIND_SHIFT);
    }

    /** Sees to it that a rule's trigger is looked at at {@code due}, or earlier if it was going to be. */
    void wake(Rule rule, long due) {
        if (due < rule.timerAt) {
            rule.timerAt = due;
            timers.add(due, ((long) TRIGGER << KIND_SHIFT) | rule.number());
        }
    }

    static int kind(long owner) {
        return (int) (owner >>> KIND_SHIFT);
    }

    static int owned(long owner) {
        return (int) owner;
    }

    boolean current(long owner) {
        return ((owner >>> EPOCH_SHIFT) & EPOCH_MASK) == (kind(owner) == CLOCK ? clocks : epoch);
    }

    Instance instance(Rule rule, int subject, long[] holds) {
        int number = instances.size();
        if (free.size() > 0) {
            number = free.removeLast();
        } else {
            instances.add(null);
        }
        Instance instance = new Instance(rule, subject, number, holds);
        instances.set(number, instance);
        rule.instances.add(instance);
        return instance;
    }

    /** Sees to it that an instance is judged again at {@code due}, or earlier if it was going to be. */
    void judgeAgain(Instance instance, long due) {
        if (due < instance.timerAt) {
            instance.timerAt = due;
            timers.add(due, ((long) INSTANCE << KIND_SHIFT) | instance.number);
        }
    }

    void due(int number) {
        Instance instance = instances.get(number);
        if (instance == null || instance.timerAt > now) {
            return;
        }
        instance.timerAt = Long.MAX_VALUE;
        if (instance.gone) {
            forget(instance);
        } else {
            wake(instance);
        }
    }

    private void wake(Instance instance) {
        if (instance.wholeAt <= now) {
            mark(instance.rule, instance.subject);
        } else {
            touch(instance.rule, instance.subject);
        }
    }

    /** Gives an instance's number back, at the latest when its timer comes due. */
    void remove(Instance instance) {
        instance.gone = true;
        if (instance.timerAt == Long.MAX_VALUE) {
            forget(instance);
        }
    }

    private void forget(Instance instance) {
        instances.set(instance.number, null);
        free.add(instance.number);
    }
}
