package io.prunella.compiler.check;

import io.prunella.dsl.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code duration > 30s}, where it may stand: directly in the top-level AND of {@code when}.
 *
 * @param comparison takes {@code >} or {@code >=}
 * @param rest what has to be true for so long
 */
public record DurationTerm(Expr.Comparison comparison, List<Expr> rest) {
    public DurationTerm {
        rest = List.copyOf(rest);
    }

    /** Finds the first one; a second one, and one elsewhere, stays where it is and is an error there. */
    public static Optional<DurationTerm> of(Expr condition) {
        if (!(ExprCheck.ungrouped(condition) instanceof Expr.And and)) {
            return Optional.empty();
        }
        for (Expr operand : and.operands()) {
            if (operand instanceof Expr.Comparison comparison && isDuration(comparison)) {
                List<Expr> rest = new ArrayList<>(and.operands());
                rest.remove(operand);
                return Optional.of(new DurationTerm(comparison, rest));
            }
        }
        return Optional.empty();
    }

    private static boolean isDuration(Expr.Comparison comparison) {
        boolean atLeast = comparison.op() == Expr.CompareOp.GT || comparison.op() == Expr.CompareOp.GE;
        return atLeast && comparison.left() instanceof Expr.Keyword keyword
                && keyword.term() == Expr.KeywordTerm.DURATION;
    }

    /** Whether longer than that is asked, rather than at least that long. */
    public boolean strict() {
        return comparison.op() == Expr.CompareOp.GT;
    }

    /** How long, in milliseconds; checked before. */
    public long millis() {
        return comparison.right() instanceof Expr.NumberLiteral number ? (long) number.value() : 0;
    }
}
