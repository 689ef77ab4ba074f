package io.prunella.compiler.check;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.dsl.ast.Expr.KeywordTerm;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks terms over time: zones that exist, and values of which it can be told when they turn. */
final class TimeCheck {
    private TimeCheck() {}

    static void zone(Expr.TimeIn time, Diagnostics problems) {
        time.zone().ifPresent(zone -> zone(zone, problems));
        if (time.fromMinute() == time.toMinute()) {
            problems.report(DiagnosticCode.NEVER_TRUE, time.span())
                    .message("no time of day lies in it: the end is excluded")
                    .help("the whole day is `00:00..24:00`");
        }
    }

    private static void zone(Name zone, Diagnostics problems) {
        try {
            ZoneId.of(zone.text());
        } catch (DateTimeException _) {
            problems.report(DiagnosticCode.UNKNOWN_ZONE, zone.span())
                    .message("no time zone is called `%s`", zone.text())
                    .help(Closest.question(zone.text(), ZoneId.getAvailableZoneIds().stream().sorted().toList())
                            .orElse("e.g. `\"Asia/Shanghai\"`; without `zone` it is UTC"));
        }
    }

    static void window(Expr.EventCount count, Diagnostics problems) {
        if (count.window().millis() == 0) {
            problems.report(DiagnosticCode.BAD_SETTING, count.window().span())
                    .message("over `%s` nothing is ever counted", count.window().text())
                    .help("e.g. `count(event \"" + count.type().text() + "\", 10m)`");
        }
    }

    /** What grows as time passes may be added to, subtracted from and scaled; else nobody can tell when it turns. */
    static void arithmetic(Expr.Arithmetic a, Source source, Diagnostics problems) {
        boolean both = moves(a.left()) && moves(a.right());
        boolean fits = switch (a.op()) {
            case ADD, SUBTRACT -> true;
            case MULTIPLY, DIVIDE -> !both;
            case MODULO -> !moves(a.right());
        };
        if (!fits) {
            problems.report(DiagnosticCode.UNCOMPUTABLE_TURN, a.span())
                    .message(
                            "nothing tells when a comparison with `%s` turns: both sides of `%s` change as time passes",
                            source.slice(a.span()), a.op().sign())
                    .help("scale time with what does not change by itself");
        }
    }

    /** Whether a value changes as time passes, with nothing else happening. */
    static boolean moves(Expr expr) {
        AtomicBoolean found = new AtomicBoolean();
        Ast.walk(expr, node -> {
            if (node instanceof Expr.TimeSince || (node instanceof Expr.Keyword k && k.term() == KeywordTerm.NOW)) {
                found.set(true);
            }
        });
        return found.get();
    }

    /** {@code now - x}: seconds, which stand for a number and for a duration alike. */
    static boolean secondsOf(Expr.Arithmetic a, Type left, Type right) {
        boolean additive = a.op() == ArithmeticOp.ADD || a.op() == ArithmeticOp.SUBTRACT;
        return additive && (now(a.left()) || now(a.right())) && seconds(left) && seconds(right);
    }

    private static boolean seconds(Type type) {
        Optional<Dimension> known = type.known();
        return known.isEmpty() || known.get() == Dimension.NUMBER || known.get() == Dimension.DURATION;
    }

    private static boolean now(Expr expr) {
        return ExprCheck.ungrouped(expr) instanceof Expr.Keyword k && k.term() == KeywordTerm.NOW;
    }
}
