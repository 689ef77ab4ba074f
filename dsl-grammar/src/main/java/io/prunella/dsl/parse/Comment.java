package io.prunella.dsl.parse;

import static java.util.Objects.requireNonNull;

import io.prunella.dsl.ast.Span;

/**
 * A comment, which the formatter has to keep.
 *
 * @param text from {@code #} to the line's end, without white space at its end
 * @param ownLine whether nothing but white space stands before it on its line
 */
public record Comment(String text, boolean ownLine, Span span) {
    public Comment {
        requireNonNull(text);
        requireNonNull(span);
    }
}
