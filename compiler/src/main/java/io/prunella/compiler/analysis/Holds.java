package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.DurationTerm;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import java.util.List;

/** For how long a rule's condition has to be true before the rule fires. */
final class Holds {
    private Holds() {}

    /** The least time for which something was true without a break whenever the rule fires; 0 for none. */
    static long guaranteed(Clauses clauses) {
        long clause = clauses.one(Clause.For.class).map(f -> f.hold().millis()).orElse(0L);
        return clauses.one(Clause.When.class).map(w -> Math.max(clause, whole(w.condition()))).orElse(clause);
    }

    private static long whole(Expr condition) {
        long duration = DurationTerm.of(condition).map(DurationTerm::millis).orElse(0L);
        return Math.max(duration, of(condition));
    }

    private static long of(Expr expr) {
        return switch (expr) {
            case Expr.And and -> and.operands().stream().mapToLong(Holds::of).max().orElse(0);
            case Expr.Or or -> or.operands().stream().mapToLong(Holds::of).min().orElse(0);
            case Expr.Sustained sustained -> Math.max(sustained.atLeast().millis(), of(sustained.condition()));
            case Expr.Group group -> of(group.inner());
            case Expr.Not _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                0;
        };
    }

    /** The longest hold of a rule, with the clause or term that says it. */
    static List<Hold> all(Clauses clauses) {
        List<Hold> holds = new java.util.ArrayList<>();
        clauses.one(Clause.For.class).ifPresent(f -> holds.add(new Hold(f.hold().millis(), f.hold().span())));
        clauses.one(Clause.When.class).ifPresent(w -> {
            DurationTerm.of(w.condition()).ifPresent(d -> holds.add(new Hold(d.millis(), d.comparison().span())));
        });
        return holds;
    }

    record Hold(long millis, io.prunella.dsl.ast.Span span) {}
}
