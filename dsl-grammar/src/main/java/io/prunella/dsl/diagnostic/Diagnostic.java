package io.prunella.dsl.diagnostic;

import static java.util.Objects.requireNonNull;

import io.prunella.dsl.ast.Span;
import java.util.List;
import java.util.Optional;

/**
 * One problem in a user's text.
 *
 * @param file path as shown to the user
 * @param message one sentence, lower case, no final stop, user text in back-quotes: the cause
 * @param labels other places that explain it
 * @param help the cure, where there is one
 */
public record Diagnostic(DiagnosticCode code, String file, Span span, String message, List<Label> labels,
        Optional<String> help) {
    public Diagnostic {
        requireNonNull(code);
        requireNonNull(file);
        requireNonNull(span);
        requireNonNull(message);
        labels = List.copyOf(labels);
        requireNonNull(help);
    }

    public Severity severity() {
        return code.severity();
    }

    /** A further place, perhaps in another file, and what it has to do with the problem. */
    public record Label(String file, Span span, String text) {}
}
