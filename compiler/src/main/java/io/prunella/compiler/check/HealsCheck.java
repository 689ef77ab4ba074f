package io.prunella.compiler.check;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.List;
import java.util.Optional;

/** Checks what is asked of heals in flight: how many there are, by their labels and entity. */
final class HealsCheck {
    private final Place place;
    private final Source source;
    private final Diagnostics problems;

    HealsCheck(Place place, Source source, Diagnostics problems) {
        this.place = place;
        this.source = source;
        this.problems = problems;
    }

    static boolean counts(Expr.OverEntities over) {
        return over.function().text().equals("count");
    }

    /** Whether it is {@code any(heals where …)}, a condition of its own. */
    static boolean quantified(Expr.OverEntities over) {
        return over.set() == EntitySet.HEALS && FleetCheck.quantifier(over);
    }

    void check(Expr.OverEntities heals) {
        if (place.kind() != Place.Kind.GUARD) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, heals.span())
                    .message("`heals` are those in flight at a decision, and so stand only in a `guard`")
                    .help("limit what is in flight with `limit: 2 at once`, or deny it with a `guard`");
        } else if (!counts(heals) && !heals.function().text().equals("any")) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, heals.function().span())
                    .message("heals can be counted, and `%s` is not asked of them", heals.function().text())
                    .help("e.g. `count(heals where label.role == \"etcd\") >= 1`");
        } else if (!heals.by().isEmpty()) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, heals.by().getFirst().span())
                    .message("heals are not grouped").help("say which ones with `where`");
        } else {
            heals.where().ifPresent(this::where);
        }
    }

    /** That nothing that takes time is asked of heals, which are only looked at when something is decided. */
    static void held(Expr.Sustained sustained, Diagnostics problems) {
        Ast.walk(sustained.condition(), node -> {
            if (node instanceof Expr.OverEntities over && over.set() == EntitySet.HEALS) {
                problems.report(DiagnosticCode.WRONG_OPERATOR, over.span())
                        .message("heals are looked at when something is decided, and cannot be held for %s",
                                sustained.atLeast().text())
                        .help("leave `for` out");
            }
        });
    }

    private void where(Expr condition) {
        switch (condition) {
            case Expr.Or or -> or.operands().forEach(this::where);
            case Expr.And and -> and.operands().forEach(this::where);
            case Expr.Not not -> where(not.operand());
            case Expr.Group group -> where(group.inner());
            case Expr.Comparison comparison -> {
                if (side(comparison.left()) && side(comparison.right())) {
                    comparison(comparison);
                }
            }
            case Expr.In in -> {
                side(in.value());
                for (Expr.InItem item : in.items()) {
                    side(item.from());
                    item.to().ifPresent(to -> refuse(to.span(), "a range is not asked of a label"));
                }
            }
            case Expr.Sustained _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                refuse(condition.span(), "`" + source.slice(condition.span()) + "` cannot be asked of a heal");
        }
    }

    private void comparison(Expr.Comparison comparison) {
        switch (comparison.op()) {
            case EQ, NE -> {
                // Texts are equal, or they aren't.
            }
            case MATCHES, NOT_MATCHES -> {
                if (comparison.right() instanceof Expr.StringLiteral pattern) {
                    ExprCheck.pattern(pattern.text(), pattern.span(), problems);
                } else {
                    refuse(comparison.right().span(), "`" + comparison.op().sign() + "` takes a pattern in quotes");
                }
            }
            case LT, LE, GT, GE ->
                refuse(comparison.span(), "`" + comparison.op().sign() + "` does not compare texts");
        }
    }

    private boolean side(Expr value) {
        boolean known = switch (ExprCheck.ungrouped(value)) {
            case Expr.StringLiteral _ -> true;
            case Expr.Path path -> path.root().text().equals("label");
            case Expr.Keyword keyword -> keyword.term() == Expr.KeywordTerm.ENTITY;
            case Expr _ -> false;
        };
        if (!known) {
            refuse(value.span(), "`" + source.slice(value.span()) + "` is not known of a heal");
        }
        return known;
    }

    private void refuse(Span span, String message) {
        problems.report(DiagnosticCode.WRONG_OPERATOR, span).message("%s", message)
                .help("of a heal `label.x` and `entity` can be compared with text");
    }

    /** The two sides of a comparison of severities, where it is one. */
    static Optional<List<Expr>> severities(Expr.Comparison comparison) {
        Expr left = ExprCheck.ungrouped(comparison.left());
        Expr right = ExprCheck.ungrouped(comparison.right());
        return severity(left) || severity(right) ? Optional.of(List.of(left, right)) : Optional.empty();
    }

    /** {@code severity(cause)}, {@code severity(this)}. */
    static boolean severity(Expr expr) {
        return expr instanceof Expr.Call call && call.function().text().equals("severity");
    }
}
