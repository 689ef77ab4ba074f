package io.prunella.ruler.explain;

import java.util.Optional;

/**
 * An event that has to do with a rule's trigger.
 *
 * @param ts when it was seen, epoch milliseconds
 * @param until the first instant at which it is, or was, no longer open
 * @param where the trigger's own condition on it, where it has one
 */
public record EventView(String type, String entity, Optional<String> id, long ts, long until, Standing standing,
        Optional<Branch> where) {

    /** How it stands with it. */
    public enum Standing {
        /** It waits for the condition. */
        OPEN("open"),
        /** It is open, but the rule has already fired for it. */
        DECIDED("open, and already fired for"),
        /** The trigger takes several events, and this one may be of a match that is not complete. */
        PART("of no complete match that is open"),
        /** What the trigger asks of it is not true. */
        NO_MATCH("did not match"),
        /** Somebody said that it is over. */
        RESOLVED("resolved"),
        /** It has been open for as long as the trigger lets it. */
        EXPIRED("expired"),
        /** It is somebody else's. */
        ELSEWHERE("of another subject");

        private final String text;

        Standing(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }
}
