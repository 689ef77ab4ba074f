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
