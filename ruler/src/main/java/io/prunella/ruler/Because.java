package io.prunella.ruler;

import java.util.List;
import java.util.Optional;

/**
 * One term of a condition and the value that it had when the rule fired.
 *
 * @param term as printed: a selector's text, {@code duration}, {@code event}, {@code event.reason}, {@code label.rack}
 * @param operator and {@code threshold}: what the value was compared with, where the term stands in a comparison
 * @param hold how long the comparison had to be true, where it had to
 * @param window range of the term, where it has one
 * @param series that gave the value, in canonical text
 */
public record Because(String term, Scalar value, Optional<String> operator, Optional<Scalar> threshold,
        Optional<String> hold, Optional<String> window, List<String> series) {
    public Because {
        series = List.copyOf(series);
    }

    /** A term that stands for itself. */
    public static Because of(String term, Scalar value) {
        return new Because(term, value, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of());
    }
}
