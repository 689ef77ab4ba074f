package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The comments directly above a declaration, which are its documentation. */
final class Docs {
    private final Map<Integer, Comment> ownLines = new HashMap<>();

    Docs(List<Comment> comments) {
        for (Comment comment : comments) {
            if (comment.ownLine()) {
                ownLines.put(comment.span().line(), comment);
            }
        }
    }

    /** Lines without their {@code #} and one blank. */
    List<String> above(Span span) {
        List<String> lines = new ArrayList<>();
        for (int line = span.line() - 1; line > 0; line--) {
            Comment comment = ownLines.get(line);
            if (comment == null) {
                break;
            }
            String text = comment.text().substring(1);
            lines.addFirst(text.startsWith(" ") ? text.substring(1) : text);
        }
        return lines;
    }
}
