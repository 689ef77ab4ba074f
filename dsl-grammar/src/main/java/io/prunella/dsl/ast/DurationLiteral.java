package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

/**
 * A length of time such as {@code 1h30m}.
 *
 * @param millis at least 0
 * @param text as written, e.g. {@code 90s}
 */
public record DurationLiteral(long millis, String text, Span span) implements Node {
    public DurationLiteral {
        requireNonNull(text);
        requireNonNull(span);
        if (millis < 0) {
            throw new IllegalArgumentException("negative duration: " + millis);
        }
    }
}
