package io.prunella.compiler.analysis;

import io.prunella.compiler.check.ParsedFile;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.Symbols;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.Map;

/** Runs every analysis; all of them only warn. */
public final class Analysis {
    private Analysis() {}

    /**
     * Warns about each rule, and about rules beside each other.
     *
     * @param files by path as shown
     */
    public static void run(Symbols symbols, Map<String, ParsedFile> files, Problems problems) {
        for (RuleDeclaration rule : symbols.rules()) {
            Diagnostics report = problems.in(rule.file());
            new Actions(symbols, rule, report).run();
        }
    }
}
