package io.prunella.compiler.drools;

/** An event of a rule's trigger is open for a subject, and not decided yet. */
public final class EventFact {
    private final int rule;
    private final int subject;
    private final long number;
    private final Object origin;

    /**
     * @param number its place among all events, from 1
     * @param origin the owner's affair
     */
    public EventFact(int rule, int subject, long number, Object origin) {
        this.rule = rule;
        this.subject = subject;
        this.number = number;
        this.origin = origin;
    }

    static long pair(int rule, int subject) {
        return ((long) rule << 32) | (subject & 0xFFFF_FFFFL);
    }

    /** Rule and subject in one, for the join. */
    public long getPair() {
        return pair(rule, subject);
    }

    public long getNumber() {
        return number;
    }

    /** Whether a breach is one of this event. */
    public boolean fits(Breach breach) {
        return breach.getEvent() == Breach.WHATEVER_EVENT || breach.getEvent() == number;
    }

    public Object getOrigin() {
        return origin;
    }
}
