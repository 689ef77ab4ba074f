package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

/**
 * A name as the user wrote it, bare or quoted, and where.
 *
 * @param text the name without quotes, escapes resolved
 */
public record Name(String text, Span span) implements Node {
    public Name {
        requireNonNull(text);
        requireNonNull(span);
    }

    @Override
    public String toString() {
        return text;
    }
}
