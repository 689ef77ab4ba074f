package io.prunella.compiler;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.Provenance;
import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.Severity;
import io.prunella.dsl.diagnostic.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a pack's text: always its diagnostics, and the pack when none of them is an error.
 *
 * @param files the syntax trees, tests among them
 * @param sources the texts, by path as shown, for messages that show lines
 * @param provenance of each rule's plan, by the rule's name
 */
public record Compilation(Optional<PackModel> pack, List<SourceFile> files, List<Diagnostic> diagnostics,
        Map<String, Source> sources, Map<String, Provenance> provenance) {
    public Compilation {
        files = List.copyOf(files);
        diagnostics = List.copyOf(diagnostics);
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** For callers to whom a bad pack is a bug. */
    public PackModel orThrow() {
        return pack.orElseThrow(() -> new IllegalArgumentException("pack has errors: " + diagnostics));
    }
}
