package io.prunella.compiler.check;

import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.diagnostic.Source;

/**
 * A file of the pack as the parser left it.
 *
 * @param ruleName what names its rule when that has no header
 * @param broken whether a part of its text could not be read
 */
public record ParsedFile(SourceFile tree, Source source, String ruleName, boolean broken) {

    /** As shown to the user. */
    public String path() {
        return tree.path();
    }
}
