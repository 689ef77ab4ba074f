package io.prunella.ruler.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that a comparison asks for and that was not there.
 *
 * @param term as written
 * @param since when it went missing, epoch milliseconds, where that can be told
 * @param nearest what was probably meant, where a name is near
 * @param found what there was instead: labels of series that were not selected, names of attributes
 */
public record Lack(Kind kind, String term, OptionalLong since, Optional<String> nearest, List<String> found) {
    public Lack {
        found = List.copyOf(found);
    }

    /** A lack of which no more is known. */
    public static Lack of(Kind kind, String term) {
        return new Lack(kind, term, OptionalLong.empty(), Optional.empty(), List.of());
    }

    /** What can be missing. */
    public enum Kind {
        /** No record named this metric for anybody. */
        NO_METRIC("no record has ever named this metric"),
        /** Others have it. */
        NO_SERIES("this subject has none, others do"),
        /** There are series of that name, but none with these labels. */
        NO_MATCH("the subject has series of that name, but none with these labels"),
        /** The newest sample is too old. */
        STALE("stale"),
        /** The window holds none, or too few for the function. */
        FEW_SAMPLES("the window holds too few samples"),
        /** It was valid before the step that is being verified, and no newer sample has come. */
        AWAITED("no sample since the step before"),
        /** An undeclared metric sent what no ratio can be. */
        NO_RATIO("sent a value above 2, which is no ratio: declare the metric with `source percent`"),
        /** There is no event to ask. */
        NO_EVENT("no event is open that could be asked"),
        /** The event does not say. */
        NO_ATTRIBUTE("the event has no such attribute"),
        /** No step that has run returned it. */
        NOT_RETURNED("no step has returned it"),
        /** No record of the subject carries the label: it counts as the empty string. */
        NO_LABEL("no record of the subject carries this label"),
        /** There are values on both sides, but none that belong together. */
        NO_PAIR("there are values on both sides, but their labels do not pair"),
        /** What is asked across entities is known of none of them. */
        NO_ENTITY("what it asks is known of none of those that it asks for"),
        /** Text that is no number, or the like. */
        NO_COMPARISON("the values are of kinds that do not compare");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** For people, as the rest of a sentence. */
        public String text() {
            return text;
        }
    }
}
