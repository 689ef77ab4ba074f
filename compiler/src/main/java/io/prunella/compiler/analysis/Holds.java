package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Clauses;
import io.prunella.compiler.check.DurationTerm;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.plan.DurationText;
import java.util.Optional;

/** For how long a rule's condition has to be true before the rule fires. */
final class Holds {
    private static final long OPEN_MILLIS = 300_000;
    private static final long VERIFY_MILLIS = 300_000;

    private Holds() {}

    /** A hold and where it is written. */
    private record Hold(long millis, Span span) {
        static Hold longer(Hold a, Hold b) {
            return a.millis >= b.millis ? a : b;
        }

        static Hold shorter(Hold a, Hold b) {
            return a.millis <= b.millis ? a : b;
        }
    }

    /** The least time for which something was true without a break whenever the rule fires; 0 for none. */
    static long guaranteed(Clauses clauses) {
        long absence = clauses.onEvent().flatMap(Trigger.OnEvent::without).map(w -> w.within().millis()).orElse(0L);
        return Math.max(absence, hold(clauses).millis());
    }

    /**
     * Whether nothing but the rule's text holds its condition: an alert and a burn rate were watched for a time already,
     * and a schedule alone is meant to act at once.
     */
    static boolean isKnown(Clauses clauses) {
        return clauses.one(Clause.On.class).map(on -> switch (on.trigger()) {
            case Trigger.OnAlert _,Trigger.OnBurn _ -> false;
            case Trigger.OnCron _,Trigger.OnEvery _ -> clauses.one(Clause.When.class).isPresent();
            case Trigger.OnEvent _ -> true;
        }).orElse(true);
    }

    private static Hold hold(Clauses clauses) {
        Hold clause = clauses.one(Clause.For.class).map(f -> new Hold(f.hold().millis(), f.hold().span()))
                .orElse(new Hold(0, Span.NONE));
        Optional<Expr> when = clauses.one(Clause.When.class).map(Clause.When::condition);
        Hold term = when.map(Holds::of).orElse(clause);
        Hold duration = when.flatMap(DurationTerm::of).map(d -> new Hold(d.millis(), d.comparison().span()))
                .orElse(clause);
        return Hold.longer(clause, Hold.longer(term, duration));
    }

    private static Hold of(Expr expr) {
        return switch (expr) {
            case Expr.And and -> and.operands().stream().map(Holds::of).reduce(Hold::longer).orElseThrow();
            case Expr.Or or -> or.operands().stream().map(Holds::of).reduce(Hold::shorter).orElseThrow();
            case Expr.Sustained sustained -> Hold.longer(
                    new Hold(sustained.atLeast().millis(), sustained.atLeast().span()), of(sustained.condition()));
            case Expr.Group group -> of(group.inner());
            case Expr.Not _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                new Hold(0, expr.span());
        };
    }

    /** Warns of a hold that elapses when the event is closed already, unless the condition was true before it. */
    static void outliving(Clauses clauses, Diagnostics problems) {
        Optional<Trigger.OnEvent> event = clauses.onEvent();
        if (event.isEmpty()) {
            return;
        }
        long open = event.get().open().map(d -> d.millis()).orElse(OPEN_MILLIS);
        Hold hold = hold(clauses);
        if (hold.millis() >= open) {
            problems.report(DiagnosticCode.HOLD_OUTLIVES_TRIGGER, hold.span())
                    .message("this holds for %s, and the event is open for %s: a condition that becomes true with the "
                            + "event never fires", DurationText.of(hold.millis()), DurationText.of(open))
                    .help("keep the event open longer: `open " + DurationText.of(hold.millis() * 2) + "`");
        }
    }

    /** Warns of a hold in {@code verify} that its time does not suffice for: it begins after the last step. */
    static void unreachable(Clauses clauses, Diagnostics problems) {
        clauses.one(Clause.Verify.class).ifPresent(verify -> {
            Hold hold = of(verify.condition());
            long within = verify.within().map(d -> d.millis()).orElse(VERIFY_MILLIS);
            if (hold.millis() > within) {
                problems.report(DiagnosticCode.NEVER_TRUE, hold.span())
                        .message("this holds for %s, and `verify` ends after %s", DurationText.of(hold.millis()),
                                DurationText.of(within))
                        .help("give it more time: `within " + DurationText.of(hold.millis() * 2) + "`");
            }
        });
    }

    /** Warns of {@code a AND b for 30s}, which holds b alone. */
    static void trailing(Expr condition, Diagnostics problems) {
        Ast.walk(condition, node -> {
            if (node instanceof Expr.And and && and.operands().getLast() instanceof Expr.Sustained sustained) {
                boolean others = and.operands().stream().limit(and.operands().size() - 1L)
                        .noneMatch(operand -> operand instanceof Expr.Sustained);
                if (others) {
                    problems.report(DiagnosticCode.TRAILING_FOR, sustained.atLeast().span())
                            .message("this `for %s` holds the last term alone, not the whole `AND`",
                                    sustained.atLeast().text())
                            .help("put parentheses around what is to be held: `(a AND b) for "
                                    + sustained.atLeast().text() + "`, or `a AND (b for " + sustained.atLeast().text()
                                    + ")`");
                }
            }
        });
    }
}
