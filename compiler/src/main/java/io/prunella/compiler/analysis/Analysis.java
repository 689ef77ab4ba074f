package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.ParsedFile;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.StepCheck;
import io.prunella.compiler.check.Symbols;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
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
            if (problems.incomplete(rule.file())) {
                continue;
            }
            Diagnostics report = problems.in(rule.file());
            new Actions(symbols, rule, report).run();
            Holds.outliving(rule.clauses(), report);
            ParsedFile file = files.get(rule.file());
            if (file != null) {
                conditions(rule.clauses()).forEach(condition -> condition(condition, file.source(), report));
            }
        }
        Shadowing.run(symbols.rules(), problems);
    }

    private static void condition(Expr condition, Source source, Diagnostics report) {
        Precedence.run(condition, source, report);
        Holds.trailing(condition, report);
        Constancy.run(condition, source, report);
    }

    private static List<Expr> conditions(Clauses clauses) {
        List<Expr> conditions = new ArrayList<>();
        clauses.onEvent().flatMap(on -> on.first().where()).ifPresent(conditions::add);
        clauses.one(Clause.When.class).ifPresent(c -> conditions.add(c.condition()));
        clauses.one(Clause.Unless.class).ifPresent(c -> conditions.add(c.condition()));
        clauses.one(Clause.Verify.class).ifPresent(c -> conditions.add(c.condition()));
        clauses.steps().forEach(step -> StepCheck.condition(step).ifPresent(conditions::add));
        clauses.steps().forEach(step -> StepCheck.until(step).ifPresent(conditions::add));
        return conditions;
    }
}
