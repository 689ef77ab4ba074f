package io.prunella.compiler.analysis;

import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.Symbols;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.plan.DurationText;
import java.util.List;
import java.util.Optional;

/** Actions that nobody proves, and destructive ones that nothing holds back. */
final class Actions {
    private static final long SHORT_HOLD_MILLIS = 300_000;

    private final Symbols symbols;
    private final RuleDeclaration rule;
    private final Diagnostics problems;

    Actions(Symbols symbols, RuleDeclaration rule, Diagnostics problems) {
        this.symbols = symbols;
        this.rule = rule;
        this.problems = problems;
    }

    void run() {
        List<Step.Invoke> executes = Steps.of(Step.Verb.EXECUTE, rule.clauses().then());
        if (executes.isEmpty()) {
            return;
        }
        if (rule.clauses().one(Clause.Verify.class).isEmpty()) {
            problems.report(DiagnosticCode.NO_VERIFY, executes.getFirst().span())
                    .message("nothing proves that `%s` healed", name(executes.getFirst()))
                    .help("add `verify:`, e.g. `verify: up == 1 within 5m`");
        }
        executes.stream().filter(this::isDestructive).findFirst().ifPresent(this::destructive);
    }

    private void destructive(Step.Invoke execute) {
        if (rule.clauses().one(Clause.Limit.class).isEmpty()) {
            problems.report(DiagnosticCode.DESTRUCTIVE_WITHOUT_LIMIT, execute.span())
                    .message("`%s` is destructive, and nothing limits how often it runs", name(execute))
                    .help("add `limit:`, e.g. `limit: 3 per 1h, 2 per 24h per subject`");
        }
        long hold = Holds.guaranteed(rule.clauses());
        if (!Holds.isKnown(rule.clauses())) {
            return;
        }
        if (hold < SHORT_HOLD_MILLIS) {
            problems.report(DiagnosticCode.DESTRUCTIVE_ON_SHORT_HOLD, execute.span())
                    .message("`%s` is destructive, and its condition has to hold for %s only", name(execute),
                            DurationText.of(hold))
                    .help("hold it for 5m or more, e.g. with `for: 5m`");
        }
    }

    private static String name(Step.Invoke execute) {
        return Steps.name(execute).orElse("execute");
    }

    private boolean isDestructive(Step.Invoke execute) {
        return symbols.action(name(execute)).flatMap(Actions::destructiveFlag)
                .filter(Expr.BooleanLiteral::value).isPresent();
    }

    private static Optional<Expr.BooleanLiteral> destructiveFlag(Declaration.Action action) {
        return action.properties().stream().filter(p -> p.name().text().equals("destructive"))
                .flatMap(p -> p.value() instanceof Expr.BooleanLiteral b ? java.util.stream.Stream.of(b) : null)
                .findFirst();
    }
}
