package io.prunella.compiler.analysis;

import io.prunella.compiler.check.ParsedFile;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.Symbols;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
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
     * Warns about each declaration, and about those that get in each other's way.
     *
     * @param files by path as shown
     */
    public static void run(Symbols symbols, Map<String, ParsedFile> files, Problems problems) {
        List<RuleDeclaration> rules = new ArrayList<>();
        for (RuleDeclaration rule : symbols.rules()) {
            ParsedFile file = files.get(rule.file());
            // What a rule seems to lack may stand where its file could not be read.
            if (file == null || problems.incomplete(rule.file())) {
                continue;
            }
            rules.add(rule);
            rule(rule, symbols, file.source(), problems.in(rule.file()));
        }
        files.forEach((path, file) -> {
            if (!problems.incomplete(path)) {
                file.tree().declarations()
                        .forEach(declaration -> declaration(declaration, file.source(), problems.in(path)));
            }
        });
        Shadowing.run(rules, problems);
    }

    private static void rule(RuleDeclaration rule, Symbols symbols, Source source, Diagnostics report) {
        new Actions(symbols, rule, report).run();
        Holds.outliving(rule.clauses(), report);
        boolean constant = false;
        for (Conditions.Condition condition : Conditions.of(rule.clauses())) {
            constant |= condition(condition.expr(), condition.reading(), source, report);
        }
        if (!constant) {
            Together.run(rule.clauses(), new Wording(source), report);
        }
        boolean triggered = rule.clauses().one(Clause.On.class).isPresent()
                || rule.clauses().one(Clause.PromExpr.class).isPresent();
        rule.clauses().one(Clause.When.class).ifPresent(when -> {
            if (!triggered && when.condition() instanceof Expr.BooleanLiteral literal && literal.value()) {
                Constancy.alone(literal, report);
            }
        });
    }

    private static void declaration(Declaration declaration, Source source, Diagnostics report) {
        switch (declaration) {
            case Declaration.Suppress suppress -> suppress.when()
                    .ifPresent(when -> condition(when, Reading.ANY, source, report));
            case Declaration.Guard guard -> condition(guard.when(), Reading.ANY, source, report);
            case Declaration.Pack _,Declaration.Metric _,Declaration.Event _,Declaration.Action _,Declaration.Channel _,Declaration.Rule _,Declaration.Recording _,Declaration.Slo _,Declaration.Test _ -> {
                // No condition, or a rule, which has its own turn.
            }
        }
    }

    private static boolean condition(Expr condition, Reading reading, Source source, Diagnostics report) {
        Precedence.run(condition, source, report);
        Holds.trailing(condition, report);
        return Constancy.run(condition, reading, new Wording(source), report);
    }
}
