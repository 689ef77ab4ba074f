package io.prunella.dsl.format;

import io.prunella.dsl.parse.Comment;
import java.util.ArrayList;
import java.util.List;

/** The lines of the formatted file. */
final class Page {
    // Comments further right than this come back to their line, where they would otherwise never.
    private static final int FURTHEST_COMMENT = 100;

    private final List<String> lines = new ArrayList<>();

    void line(int indent, String text) {
        lines.add(text.isEmpty() ? "" : " ".repeat(indent) + text);
    }

    /** An empty line, unless there is one or nothing is above it. */
    void blank() {
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    /** Something with a line of its own and the comments that go with it. */
    void unit(int indent, Flow flow, Units.Unit unit) {
        comments(indent, unit.leading);
        lines.addAll(flow.lines(indent));
        trailing(unit);
    }

    void comments(int indent, List<Comment> comments) {
        comments.forEach(comment -> line(indent, comment.text()));
    }

    /** Comments, with an empty line wherever the file had some between them or before {@code next}. */
    void paragraphs(List<Comment> comments, int next) {
        for (int i = 0; i < comments.size(); i++) {
            Comment comment = comments.get(i);
            line(0, comment.text());
            int below = i + 1 < comments.size() ? comments.get(i + 1).span().line() : next;
            if (below > comment.span().line() + 1) {
                blank();
            }
        }
    }

    /** Comments behind the line that was written last, where they stood if there is room. */
    void trailing(Units.Unit unit) {
        for (int i = 0; i < unit.trailing.size(); i++) {
            Comment comment = unit.trailing.get(i);
            if (i > 0) {
                // A second comment on a line would become part of the first.
                line(0, comment.text());
                continue;
            }
            String last = lines.removeLast();
            int width = last.codePointCount(last.lastIndexOf('\n') + 1, last.length());
            int column = comment.span().column() - 1;
            int at = column > FURTHEST_COMMENT ? width + 2 : Math.max(column, width + 2);
            lines.add(last + " ".repeat(at - width) + comment.text());
        }
    }

    String text() {
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
