package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;

/** Mixes of AND and OR, which readers bind differently than the language does. */
final class Precedence {
    private Precedence() {}

    static void run(Expr condition, Source source, Diagnostics problems) {
        Ast.walk(condition, node -> {
            if (node instanceof Expr.Or or) {
                or.operands().stream().filter(operand -> operand instanceof Expr.And).findFirst()
                        .ifPresent(and -> problems.report(DiagnosticCode.MIXED_AND_OR, or.span())
                                .message("`AND` and `OR` are mixed without parentheses, and `AND` binds tighter")
                                .help("write `(" + source.slice(and.span()).replaceAll("\\s+", " ")
                                        + ")` if that is meant"));
            }
        });
    }
}
