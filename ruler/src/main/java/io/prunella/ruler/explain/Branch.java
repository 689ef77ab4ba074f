package io.prunella.ruler.explain;

import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A condition and what it was, with all that it is made of. */
public sealed interface Branch {

    Truth truth();

    /** What it is made of, in the order written; nothing for a leg. */
    List<Branch> of();

    /** The comparisons at its ends, in the order written. */
    default Stream<Leg> legs() {
        return of().stream().flatMap(Branch::legs);
    }

    record All(Truth truth, List<Branch> of) implements Branch {
        public All {
            of = List.copyOf(of);
        }
    }

    record Any(Truth truth, List<Branch> of) implements Branch {
        public Any {
            of = List.copyOf(of);
        }
    }

    record Not(Truth truth, Branch inner) implements Branch {
        @Override
        public List<Branch> of() {
            return List.of(inner);
        }
    }

    /**
     * A condition that must have been true for a while.
     *
     * @param origin which of the three ways of writing it was used
     * @param afterMillis how long; one more than written where {@code strict}
     * @param strict whether it is written {@code >}
     * @param since from when on {@code inner} has been true; absent while it is not
     */
    record Held(Truth truth, Branch inner, HoldOrigin origin, long afterMillis, boolean strict,
            OptionalLong since)
            implements
                Branch {
        @Override
        public List<Branch> of() {
            return List.of(inner);
        }

        /** How long, as written: {@code 1m}, {@code more than 30s}. */
        public String length() {
            return strict ? "more than " + DurationText.of(afterMillis - 1) : DurationText.of(afterMillis);
        }

        /** When it elapses, or did, if nothing breaks it; absent while it does not run. */
        public OptionalLong elapses() {
            return since.isPresent() ? OptionalLong.of(since.getAsLong() + afterMillis) : OptionalLong.empty();
        }
    }

    /**
     * A comparison.
     *
     * @param id names it within its rule, {@code when[0]}; equal in packs whose clause is made alike
     * @param text as written
     * @param compared every pair of values that was compared; none where there was no value
     * @param lacks what was missing
     * @param witnesses what values from beyond the subject's series were made of
     */
    record Leg(Truth truth, String id, String text, List<Compared> compared, List<Lack> lacks,
            List<Witness> witnesses)
            implements
                Branch {
        public Leg {
            compared = List.copyOf(compared);
            witnesses = List.copyOf(witnesses);
            lacks = List.copyOf(lacks);
        }

        @Override
        public List<Branch> of() {
            return List.of();
        }

        @Override
        public Stream<Leg> legs() {
            return Stream.of(this);
        }
    }

    /**
     * Something that a value from beyond the subject's series was made of.
     *
     * @param text what it was, ``event `deploy` ``, {@code true of 2 of 3 known, 4 in all: node-1, node-7}
     * @param ts when it was, epoch milliseconds, where it was at an instant
     */
    record Witness(String text, OptionalLong ts) {}
}
