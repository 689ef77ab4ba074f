package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.CompareOp;

/** How conditions are written. */
final class Logic {
    private Logic() {}

    static Expr ungrouped(Expr expr) {
        Expr inner = expr;
        while (inner instanceof Expr.Group group) {
            inner = group.inner();
        }
        return inner;
    }

    static boolean isQuantifier(Expr.Call call) {
        String name = call.function().text();
        return (name.equals("any") || name.equals("all")) && call.arguments().size() == 1;
    }

    /** For the other side of it. */
    static CompareOp turned(CompareOp op) {
        return switch (op) {
            case LT -> CompareOp.GT;
            case LE -> CompareOp.GE;
            case GT -> CompareOp.LT;
            case GE -> CompareOp.LE;
            case EQ, NE, MATCHES, NOT_MATCHES -> op;
        };
    }

    static boolean holds(double left, CompareOp op, double right) {
        return switch (op) {
            case EQ -> left == right;
            case NE -> left != right;
            case LT -> left < right;
            case LE -> left <= right;
            case GT -> left > right;
            case GE -> left >= right;
            case MATCHES, NOT_MATCHES -> true;
        };
    }
}
