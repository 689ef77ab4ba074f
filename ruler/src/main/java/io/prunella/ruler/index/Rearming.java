package io.prunella.ruler.index;

import io.prunella.plan.Truth;

/** Lets a rule that has fired fire again, or one that was changed for the first time. */
final class Rearming {
    private final Round round;
    private final Sight sight;

    Rearming(Round round, Sight sight) {
        this.round = round;
        this.sight = sight;
    }

    /**
     * A firing re-arms only when its condition, holds left out, is false, or at the instant at which {@code until} becomes
     * true where the rule has one; what {@code unless} says doesn't matter.
     *
     * @param truth of the condition, holds included
     */
    void judged(Instance instance, Truth truth, boolean untilTurned) {
        Rule rule = instance.rule;
        switch (instance.arming) {
            case ARMED -> {
                // Nothing to do.
            }
            case LOADED -> {
                if ((rule.byEvent() || truth != Truth.TRUE) && withoutHolds(instance) == Truth.FALSE) {
                    instance.arming = Instance.Arming.ARMED;
                }
            }
            case FIRED -> {
                if (rule.until == null ? !rule.byEvent() && gapEnds(instance, truth) : untilTurned) {
                    instance.arming = Instance.Arming.ARMED;
                }
            }
        }
    }

    private Truth withoutHolds(Instance instance) {
        sight.at(instance.rule.subjects, instance.subject, round.now, instance.holds).withoutHolds = true;
        Truth truth = instance.rule.when.truth(sight);
        sight.withoutHolds = false;
        return truth;
    }

    /** Whether it was false for longer than {@code keep_firing_for} bridges. */
    private boolean gapEnds(Instance instance, Truth truth) {
        Truth now = truth == Truth.TRUE ? truth : withoutHolds(instance);
        if (instance.gapSince == Sight.NOT_HELD) {
            instance.gapSince = round.now;
            instance.gapWasFalse = false;
        }
        instance.gapWasFalse |= now == Truth.FALSE;
        boolean ends = instance.gapWasFalse && round.now - instance.gapSince >= instance.rule.keepFiringMillis();
        if (now == Truth.TRUE) {
            instance.gapSince = Sight.NOT_HELD;
        }
        return ends;
    }
}
