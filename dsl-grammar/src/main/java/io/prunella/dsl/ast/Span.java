package io.prunella.dsl.ast;

/**
 * A stretch of a source file, so that every message can point at the smallest text that is wrong.
 *
 * @param start offset of the first UTF-16 unit, from 0
 * @param end offset after the last unit, at least {@code start}
 * @param line line of {@code start}, from 1
 * @param column column of {@code start} in code points, from 1
 */
public record Span(int start, int end, int line, int column) {
    /** Where something is that no text stands for, such as a default. */
    public static final Span NONE = new Span(0, 0, 1, 1);

    public Span {
        if (start < 0 || end < start || line < 1 || column < 1) {
            throw new IllegalArgumentException("no span: " + start + ".." + end + " at " + line + ":" + column);
        }
    }

    /** From the start of this to the end of {@code last}. */
    public Span to(Span last) {
        return new Span(start, Math.max(end, last.end), line, column);
    }
}
