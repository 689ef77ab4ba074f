package io.prunella.compiler.analysis;

import java.util.List;

/** What has to be so for a condition to have a certain truth: a formula over the values of quantities. */
sealed interface Claim {

    /** Everything of {@code parts}. */
    record Both(List<Claim> parts) implements Claim {
        public Both {
            parts = List.copyOf(parts);
        }
    }

    /** One of {@code parts}; of none, nothing can be so. */
    record Either(List<Claim> parts) implements Claim {
        static final Either IMPOSSIBLE = new Either(List.of());

        public Either {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The quantity has a value that is one of these.
     *
     * @param outright whether the user said {@code any}, and so means that other values may be otherwise
     */
    record Some(Quantity quantity, Values values, boolean outright) implements Claim {}

    /**
     * No value of the quantity is another.
     *
     * @param present whether it has a value at all
     */
    record Every(Quantity quantity, Values values, boolean present) implements Claim {}

    /** The quantity has no value. */
    record Missing(Quantity quantity) implements Claim {}

    /** Whatever is so; also where nothing can be said. */
    record Anything(boolean sure) implements Claim {
        static final Anything UNSURE = new Anything(false);
        static final Anything TRUE = new Anything(true);
    }
}
