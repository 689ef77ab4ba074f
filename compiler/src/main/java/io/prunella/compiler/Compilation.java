package io.prunella.compiler;

import io.prunella.compiler.rule.PackModel;
import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What became of a pack's text: always its diagnostics, and the pack when none of them is an error.
 *
 * @param files the syntax trees, tests among them
 */
public record Compilation(Optional<PackModel> pack, List<SourceFile> files, List<Diagnostic> diagnostics) {
    public Compilation {
        files = List.copyOf(files);
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** For callers to whom a bad pack is a bug. */
    public PackModel orThrow() {
        return pack.orElseThrow(() -> new IllegalArgumentException("pack has errors: " + diagnostics));
    }
}
