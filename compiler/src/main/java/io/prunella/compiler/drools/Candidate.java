package io.prunella.compiler.drools;

/** A breach has met an event: there only until the rule that waits for the two has proposed them. */
public final class Candidate extends Fact {
    private final Breach breach;
    private final EventFact event;

    public Candidate(Breach breach, EventFact event) {
        this.breach = breach;
        this.event = event;
    }

    /** By this number each user's rule finds its own. */
    public int getRule() {
        return breach.getRule();
    }

    public Breach getBreach() {
        return breach;
    }

    public EventFact getEvent() {
        return event;
    }
}
