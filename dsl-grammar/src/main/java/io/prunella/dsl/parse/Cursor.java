package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Span;

/** Lines and columns of offsets that only grow, so that one long line costs no more than many short ones. */
final class Cursor {
    private final String text;
    private int offset;
    private int line = 1;
    private int column = 1;

    Cursor(String text) {
        this.text = text;
    }

    void moveTo(int target) {
        while (offset < target) {
            char c = text.charAt(offset++);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** The span from where the cursor stands or, if that is further on, {@code start}. */
    Span span(int start, int end) {
        moveTo(start);
        return new Span(start, Math.max(start, end), line, column);
    }
}
