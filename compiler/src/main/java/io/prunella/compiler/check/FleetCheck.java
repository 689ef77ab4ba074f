package io.prunella.compiler.check;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.List;
import java.util.Locale;

/** Checks what is asked of other entities than the subject's: the fleet, and those above and below. */
final class FleetCheck {
    private static final List<String> FUNCTIONS = List.of("any", "all", "count", "fraction");

    private final Symbols symbols;
    private final Diagnostics problems;

    FleetCheck(Symbols symbols, Diagnostics problems) {
        this.symbols = symbols;
        this.problems = problems;
    }

    /** Whether it is a condition rather than a value. */
    static boolean quantifier(Expr.OverEntities over) {
        return over.function().text().equals("any") || over.function().text().equals("all");
    }

    void absent(Expr.Call call) {
        if (call.arguments().size() == 1 && call.arguments().getFirst() instanceof Expr.Series series) {
            ExprCheck.matchers(series.matchers(), problems);
            if (symbols.metric(series.name().text()).isEmpty()) {
                Spelling.warn("metric", series.name().text(), series.name().span(), symbols.metrics().keySet(),
                        problems);
            }
            return;
        }
        problems.report(DiagnosticCode.UNKNOWN_FUNCTION, call.span()).message("`absent` takes one metric")
                .help("e.g. `absent(up)`");
    }

    /** Whether the outer form is right, so that its condition may be looked at. */
    boolean fits(Expr.OverEntities over) {
        String function = over.function().text();
        String set = over.set().name().toLowerCase(Locale.ROOT);
        if (!FUNCTIONS.contains(function)) {
            problems.report(DiagnosticCode.UNKNOWN_FUNCTION, over.function().span())
                    .message("entities are counted, and `%s` does not count", function)
                    .help("`count`, `fraction`, `any` and `all` do");
            return false;
        }
        if (over.where().isEmpty() && !function.equals("count")) {
            return refuse(over.span(), "`" + function + "(" + set + ")` does not say of what",
                    "e.g. `" + function + "(" + set + " where up == 0)`");
        }
        if (!over.by().isEmpty() && (quantifier(over) || over.set() != EntitySet.NODES)) {
            return refuse(over.by().getFirst().span(), "`by` divides the fleet, and does not go with `" + function + "("
                    + set + " …)`", "e.g. `fraction(nodes where up == 0) by rack > 20%`");
        }
        return over.where().map(this::inside).orElse(true);
    }

    private boolean inside(Expr where) {
        int before = problems.all().size();
        Ast.walk(where, node -> {
            switch (node) {
                case Expr.OverEntities inner -> refuse(inner.span(),
                        "what is asked of each entity cannot ask of others again", "ask for both side by side");
                case Expr.Path path when !path.root().text().equals("label") -> refuse(path.span(), "`"
                        + path.root().text() + "` belongs to what started the rule, and here each entity is asked",
                        "compare outside of `where`");
                case Expr.Probe probe -> refuse(probe.span(), "a probe asks the target alone",
                        "compare a metric here");
                default -> {
                    // Everything else can be asked of an entity.
                }
            }
        });
        return problems.all().size() == before;
    }

    private boolean refuse(Span span, String message, String help) {
        problems.report(DiagnosticCode.MISPLACED_WHERE, span).message("%s", message).help(help);
        return false;
    }
}
