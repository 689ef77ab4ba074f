package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.List;
import java.util.Set;

/** What {@code event.x} may name. */
final class Attributes {
    /** Every event has these. */
    static final Set<String> BUILT_IN = Set.of("id", "type", "labels", "entity");

    private Attributes() {}

    static void warnUndeclared(String root, String name, Span span, Place place, Symbols symbols,
            Diagnostics problems) {
        List<Declaration.Event> declared = place.declared(root, symbols);
        List<String> fields = declared.stream().flatMap(e -> e.fields().stream()).map(f -> f.name().text()).toList();
        // An event declared without attributes says nothing of them.
        if (fields.isEmpty() || fields.contains(name) || !place.undeclared(root, symbols).isEmpty()) {
            return;
        }
        problems.report(DiagnosticCode.UNDECLARED_ATTRIBUTE, span)
                .message("event `%s` declares no attribute `%s`", declared.getFirst().name().text(), name)
                .help(Closest.question(name, fields));
    }
}
