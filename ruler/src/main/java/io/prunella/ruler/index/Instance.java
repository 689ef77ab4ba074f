package io.prunella.ruler.index;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule and a subject, once there is anything to remember of the two: a hold, an open event, a firing. */
public final class Instance {
    final Rule rule;
    final int subject;
    /** Its owner's number among the timers. */
    final int number;
    final long[] holds;
    final OpenEvents events;
    /** Of events that its rule shares with others, the number of the last one that it has, and when all are over. */
    long taken;
    long takenUntil = Long.MIN_VALUE;
    /** Who waits for the end of a firing that no event started. */
    List<Object> causes = List.of();
    /** Events for the end of whose firing somebody waits. */
    Set<OpenEvent> causing = Set.of();
    Arming arming = Arming.ARMED;
    /** Its last firing, skipped ones included; {@link Sight#NOT_HELD} before the first. */
    long firedAt = Sight.NOT_HELD;
    /** The event that it answered. */
    @Nullable
    OpenEvent firedFor;
    /** Since when its condition, holds left out, has not been true; {@link Sight#NOT_HELD} while it is. */
    long gapSince = Sight.NOT_HELD;
    /** Whether it was false in that gap, and not only unknown. */
    boolean gapWasFalse;
    /** Whether {@code until} was true when it was last judged. */
    boolean untilWasTrue;
    /** Its rule is no longer in force. */
    boolean gone;
    /** Whether it fired whatever the event, and whether it was armed, when its events were last looked at. */
    boolean eventsFired;
    boolean eventsArmed;
    /** The event that keeps others of its instant from firing, where {@code until} lets one fire alone. */
    @Nullable
    OpenEvent foremost;
    /** When more than its events has to be judged again because of the time. */
    long wholeAt = Long.MAX_VALUE;
    /** When its one timer comes due; {@link Long#MAX_VALUE} when none is under way. */
    long timerAt = Long.MAX_VALUE;
    /** The breach in the decision session while the condition is true; for the subject, whatever the event. */
    @Nullable
    Object breach;

    /** Whether it may fire. */
    enum Arming {
        ARMED,
        /** It did, and something has to re-arm it. */
        FIRED,
        /** Its rule was changed while its condition was not false: it may once that has been false. */
        LOADED
    }

    Instance(Rule rule, int subject, int number, long[] holds) {
        this.rule = rule;
        this.subject = subject;
        this.number = number;
        this.holds = holds;
        this.events = rule.byEvent() ? new OpenEvents() : OpenEvents.NONE;
        this.taken = rule.eventsBefore;
    }

    public Rule rule() {
        return rule;
    }

    public int subject() {
        return subject;
    }

    boolean armed() {
        return arming == Arming.ARMED;
    }

    void disarm() {
        arming = Arming.FIRED;
        // Its other events have to hear of it when it is armed again, also if nobody looks at them before.
        eventsArmed = false;
        gapSince = Sight.NOT_HELD;
    }

    /** Whether it says no more than its absence would. */
    boolean idle(long now) {
        if (!armed() || takenUntil > now || breach != null || timerAt != Long.MAX_VALUE || !events.isEmpty()
                || !causes.isEmpty()
                || !causing.isEmpty()) {
            return false;
        }
        for (long since : holds) {
            if (since != Sight.NOT_HELD) {
                return false;
            }
        }
        return true;
    }
}
