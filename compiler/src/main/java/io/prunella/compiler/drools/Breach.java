package io.prunella.compiler.drools;

/** A rule's condition is true for a subject; as long as the fact is there. */
public final class Breach extends Fact {
    /** The event for which it is true, where it is true whatever the event. */
    public static final long WHATEVER_EVENT = 0;

    private final int rule;
    private final int subject;
    private final boolean byEvent;
    private final long event;
    private final Object origin;

    /**
     * @param byEvent whether it takes an event for the rule to fire
     * @param event number of the one event for which it is true, or {@link #WHATEVER_EVENT}
     * @param origin the owner's affair
     */
    public Breach(int rule, int subject, boolean byEvent, long event, Object origin) {
        this.rule = rule;
        this.subject = subject;
        this.byEvent = byEvent;
        this.event = event;
        this.origin = origin;
    }

    /** By this number each user's rule finds its own. */
    public int getRule() {
        return rule;
    }

    /** Rule and subject in one, for the join. */
    public long getPair() {
        return EventFact.pair(rule, subject);
    }

    public boolean isByEvent() {
        return byEvent;
    }

    public long getEvent() {
        return event;
    }

    public Object getOrigin() {
        return origin;
    }
}
