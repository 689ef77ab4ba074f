package io.prunella.dsl.diagnostic;

import static java.util.Objects.requireNonNull;

import io.prunella.dsl.ast.Span;
import java.util.Arrays;

/**
 * The text of one file, so that messages can show the lines that they speak of; immutable.
 */
public final class Source {
    private final String path;
    private final String text;
    private final int[] lineStarts;

    public Source(String path, String text) {
        this.path = requireNonNull(path);
        this.text = requireNonNull(text);
        this.lineStarts = lineStarts(text);
    }

    /** As shown to the user. */
    public String path() {
        return path;
    }

    public String text() {
        return text;
    }

    /** How many lines there are; a line end at the very end begins no further one. */
    public int lines() {
        int last = lineStarts.length - 1;
        return last > 0 && lineStarts[last] == text.length() ? last : lineStarts.length;
    }

    /** The text of a line, from 1, without its end; empty past the last. */
    public String line(int number) {
        if (number < 1 || number > lineStarts.length) {
            return "";
        }
        int end = number < lineStarts.length ? lineStarts[number] - 1 : text.length();
        int start = lineStarts[number - 1];
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }

    /** What stands at a span, cut to the text where the span is of another one. */
    public String slice(Span span) {
        int end = Math.min(span.end(), text.length());
        return text.substring(Math.min(span.start(), end), end);
    }

    /** The span from one offset to another, with its line and column found. */
    public Span span(int start, int end) {
        int line = lineOf(start);
        int from = lineStarts[line - 1];
        return new Span(start, Math.max(start, end), line, text.codePointCount(from, Math.max(from, start)) + 1);
    }

    /** The line of an offset, from 1. */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }
}
