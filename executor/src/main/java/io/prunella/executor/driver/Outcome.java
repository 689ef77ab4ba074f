package io.prunella.executor.driver;

import java.util.Map;

/** How one attempt ended; that nobody knows is an answer too. */
public sealed interface Outcome {

    /**
     * The effect is there.
     *
     * @param returned what {@code steps.<id>.<field>} may look up
     */
    record Succeeded(Map<String, String> returned) implements Outcome {
        public Succeeded {
            returned = Map.copyOf(returned);
        }
    }

    /** It ran and ended badly; part of the effect may be there. */
    record Failed(FailureCode code, String message) implements Outcome {}

    /** It was stopped at the end of its time: the effect may be there. */
    record TimedOut(String message) implements Outcome {}

    /** Certainly nothing was done, so that the next driver of {@code uses: a, else b} may try. */
    record Refused(FailureCode code, String message) implements Outcome {}

    /** The effect may be there, and nobody can say. */
    record Unknown(String message) implements Outcome {}
}
