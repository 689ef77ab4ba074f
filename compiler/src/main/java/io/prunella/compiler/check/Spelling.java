package io.prunella.compiler.check;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.Collection;

/** Names that need no declaration, and still look like a slip of one that is declared. */
final class Spelling {
    private Spelling() {}

    static void warn(String what, String name, Span span, Collection<String> declared, Diagnostics problems) {
        Closest.to(name, declared).filter(near -> !sameButDigits(near, name)).ifPresent(near -> problems
                .report(DiagnosticCode.PERHAPS_MISSPELT, span)
                .message("nothing declares the %s `%s`, and `%s` is declared", what, name, near)
                .help("did you mean `" + near + "`?"));
    }

    // load1 and load5 are two metrics, not a slip.
    private static boolean sameButDigits(String a, String b) {
        return a.replaceAll("[0-9]+", "#").equals(b.replaceAll("[0-9]+", "#"));
    }
}
