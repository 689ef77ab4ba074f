package io.prunella.dsl.parse;

import static java.util.Objects.requireNonNull;

import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.Severity;
import io.prunella.dsl.diagnostic.Source;
import java.util.List;

/**
 * What became of one file.
 *
 * @param file what could be read of it
 * @param comments all of them, in order
 * @param diagnostics the problems of its text, in the order of the text
 */
public record ParseResult(SourceFile file, Source source, List<Comment> comments, List<Diagnostic> diagnostics) {
    public ParseResult {
        requireNonNull(file);
        requireNonNull(source);
        comments = List.copyOf(comments);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether the text has an error, so that {@link #file} is not all of it. */
    public boolean hasErrors() {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }
}
