package io.prunella.compiler.drools;

/** An event of a rule's trigger is open for a subject, and not decided yet. */
public final class EventFact extends Fact {
    /** The hash of a long is one half of it with the other: pairs of small numbers would all share a few. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

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

    /** Multiplied by an odd number, so that it stays one of its own, and the hash of a long spreads it. */
    static long pair(int rule, int subject) {
        return (((long) rule << 32) | (subject & 0xFFFF_FFFFL)) * SPREAD;
    }

    /** Rule and subject in one, for the join. */
    public long getPair() {
        return pair(rule, subject);
    }

    /** Whether a breach is one of this event. */
    public boolean fits(Breach breach) {
        return breach.getEvent() == Breach.WHATEVER_EVENT || breach.getEvent() == number;
    }

    public Object getOrigin() {
        return origin;
    }
}
