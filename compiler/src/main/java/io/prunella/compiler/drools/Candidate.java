package io.prunella.compiler.drools;

import org.jspecify.annotations.Nullable;

/** A rule may fire: withdrawn by itself when its breach or its event is. */
public final class Candidate {
    private final Breach breach;
    private final @Nullable EventFact event;

    public Candidate(Breach breach, @Nullable EventFact event) {
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

    public @Nullable EventFact getEvent() {
        return event;
    }
}
