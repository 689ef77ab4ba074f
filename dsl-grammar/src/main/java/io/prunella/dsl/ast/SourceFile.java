package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One parsed {@code .dl} file.
 *
 * @param path as it is shown in messages and, without {@code .dl}, names a header-less rule
 * @param declarations in the order written; where the text had errors, those that could be read
 */
public record SourceFile(String path, List<Declaration> declarations, Span span) implements Node {
    public SourceFile {
        requireNonNull(path);
        declarations = List.copyOf(declarations);
        requireNonNull(span);
    }
}
