package io.prunella.compiler.drools;

import org.jspecify.annotations.Nullable;

/** What the rules of the decision call: the session's only way out. */
public interface Decisions {

    /** A breach and an event are of one rule and subject: they are to be told to it as a {@link Candidate}. */
    void meet(Breach breach, EventFact event);

    /**
     * A user's rule wants to fire.
     *
     * @param event that it answers; null where it takes none
     */
    void propose(Breach breach, @Nullable EventFact event);
}
