package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Span;

/**
 * A rule of the pack under the name that it goes by.
 *
 * @param name its own, or its file's
 * @param file as shown
 */
public record RuleDeclaration(String name, String file, Declaration.Rule declaration, Clauses clauses) {

    /** The smallest text that stands for the whole rule: its name, else its first clause. */
    public Span place() {
        if (declaration.name().isPresent()) {
            return declaration.name().get().span();
        }
        return clauses.all().isEmpty() ? declaration.span() : clauses.all().getFirst().span();
    }
}
