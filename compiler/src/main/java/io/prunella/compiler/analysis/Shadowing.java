package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.List;
import java.util.Optional;

/** Rules that do the same on the same condition as another one, so that one of them only repeats. */
final class Shadowing {
    private Shadowing() {}

    static void run(List<RuleDeclaration> rules, Problems problems) {
        for (int later = 1; later < rules.size(); later++) {
            for (int first = 0; first < later; first++) {
                if (repeats(rules.get(first).clauses(), rules.get(later).clauses())) {
                    RuleDeclaration rule = rules.get(later);
                    RuleDeclaration before = rules.get(first);
                    problems.in(rule.file()).report(DiagnosticCode.SHADOWED_RULE, rule.place())
                            .message("rule `%s` fires whenever `%s` does, and does the same", rule.name(),
                                    before.name())
                            .label(before.file(), before.place(), "the other one")
                            .help("remove one of them");
                    break;
                }
            }
        }
    }

    private static boolean repeats(Clauses a, Clauses b) {
        return same(a, b, Clause.On.class) && same(a, b, Clause.When.class) && same(a, b, Clause.For.class)
                && same(a, b, Clause.Unless.class) && same(a, b, Clause.By.class) && same(a, b, Clause.Then.class)
                && same(a, b, Clause.PromExpr.class) && a.one(Clause.Then.class).isPresent();
    }

    private static <T extends Clause> boolean same(Clauses a, Clauses b, Class<T> kind) {
        Optional<T> left = a.one(kind);
        Optional<T> right = b.one(kind);
        return left.isPresent() == right.isPresent()
                && (left.isEmpty() || Ast.sameMeaning(left.get(), right.orElseThrow()));
    }
}
