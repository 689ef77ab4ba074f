package io.prunella.compiler.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.List;
import java.util.Optional;

/** Checks the names, units and shape of one condition. */
final class ExprCheck {
    private final Symbols symbols;
    private final Place place;
    private final Source source;
    private final Diagnostics problems;
    private final ValueCheck values;

    ExprCheck(Symbols symbols, MetricTypes metrics, Place place, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.place = place;
        this.source = source;
        this.problems = problems;
        this.values = new ValueCheck(symbols, metrics, place, source, problems);
    }

    /** A whole clause; only {@code when} may say {@code duration}. */
    void whole(Expr condition) {
        Optional<DurationTerm> hold = place.kind() == Place.Kind.WHEN
                ? DurationTerm.of(condition)
                : Optional.empty();
        if (hold.isEmpty()) {
            condition(condition);
            return;
        }
        duration(hold.get().comparison());
        hold.get().rest().forEach(this::condition);
    }

    private void duration(Expr.Comparison comparison) {
        Expr right = comparison.right();
        Optional<Dimension> dimension = right instanceof Expr.NumberLiteral number
                ? Type.of(number).known()
                : values.type(right).known();
        if (dimension.isPresent() && dimension.get() != Dimension.DURATION) {
            problems.report(DiagnosticCode.DIFFERENT_DIMENSIONS, comparison.span())
                    .message("`duration` is a duration and `%s` %s: they cannot be compared",
                            source.slice(right.span()), Type.phrase(dimension.get().label()))
                    .help("give it a unit, e.g. `duration > 30s`");
        } else if (!(right instanceof Expr.NumberLiteral)) {
            problems.report(DiagnosticCode.MISPLACED_DURATION, right.span())
                    .message("`duration` is compared with a fixed length of time, not with `%s`",
                            source.slice(right.span()))
                    .help("e.g. `duration > 30s`");
        }
    }

    void condition(Expr expr) {
        switch (expr) {
            case Expr.Or or -> or.operands().forEach(this::condition);
            case Expr.And and -> and.operands().forEach(this::condition);
            case Expr.Not not -> condition(not.operand());
            case Expr.Sustained sustained -> {
                HealsCheck.held(sustained, problems);
                condition(sustained.condition());
            }
            case Expr.Group group -> condition(group.inner());
            case Expr.Comparison comparison -> comparison(comparison);
            case Expr.In in -> in(in);
            case Expr.BooleanLiteral _ -> {
                // True and false are conditions.
            }
            case Expr.Call call when quantifier(call) -> quantified(call);
            case Expr.OverEntities heals when HealsCheck.quantified(heals) ->
                new HealsCheck(place, source, problems).check(heals);
            case Expr.Call call when absent(call) -> new FleetCheck(symbols, problems).absent(call);
            case Expr.TimeIn time -> TimeCheck.zone(time, problems);
            case Expr.OverEntities over when FleetCheck.quantifier(over) -> values.over(over);
            case Expr.Path _,Expr.Probe _ -> truth(expr);
            case Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Keyword _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                noCondition(expr);
        }
    }

    static boolean quantifier(Expr.Call call) {
        return call.function().text().equals("any") || call.function().text().equals("all");
    }

    private static boolean absent(Expr.Call call) {
        return call.function().text().equals("absent");
    }

    private void quantified(Expr.Call call) {
        Optional<Expr> inner = call.arguments().size() == 1
                ? Optional.of(ungrouped(call.arguments().getFirst()))
                : Optional.empty();
        if (inner.isPresent() && (inner.get() instanceof Expr.Comparison || inner.get() instanceof Expr.In)) {
            condition(inner.get());
            return;
        }
        problems.report(DiagnosticCode.NO_CONDITION, call.span())
                .message("`%s(…)` takes one comparison", call.function().text())
                .help("e.g. `" + call.function().text() + "(cpu_load > 95%)`");
    }

    static Expr ungrouped(Expr expr) {
        return expr instanceof Expr.Group group ? ungrouped(group.inner()) : expr;
    }

    private void truth(Expr expr) {
        Type type = values.type(expr);
        if (type.known().filter(d -> d != Dimension.BOOLEAN).isPresent()) {
            reportNoCondition(expr, type, expr instanceof Expr.Probe ? "== 200" : "== \"…\"");
        }
    }

    private void noCondition(Expr expr) {
        int before = problems.all().size();
        Type type = values.type(expr);
        // What is wrong as a value was reported; one cause, one message.
        if (problems.all().size() == before) {
            reportNoCondition(expr, type, type.known().filter(d -> d == Dimension.STRING).isPresent()
                    ? "== \"…\""
                    : "== 1");
        }
    }

    private void reportNoCondition(Expr expr, Type type, String comparison) {
        String what = type instanceof Type.Of of ? of.phrase() : "a value";
        String text = source.slice(expr.span());
        boolean literal = expr instanceof Expr.NumberLiteral || expr instanceof Expr.StringLiteral;
        problems.report(DiagnosticCode.NO_CONDITION, expr.span())
                .message("`%s` is %s, and a condition belongs here", text, what)
                .help(literal
                        ? "compare a metric, e.g. `up == 1`"
                        : "compare it, e.g. `" + text + " " + comparison
                                + "`");
    }

    private void comparison(Expr.Comparison c) {
        Optional<List<Expr>> severities = HealsCheck.severities(c);
        if (severities.isPresent()) {
            severities(c, severities.get());
            return;
        }
        Type left = values.type(c.left());
        if (c.op() == CompareOp.MATCHES || c.op() == CompareOp.NOT_MATCHES) {
            matches(c, left);
            return;
        }
        Type right = values.type(c.right());
        compatible(c.left(), left, c.right(), right, c.span());
        boolean ordered = switch (c.op()) {
            case LT, LE, GT, GE -> true;
            case EQ, NE, MATCHES, NOT_MATCHES -> false;
        };
        Optional<Dimension> dimension = left.known().or(right::known);
        if (ordered && dimension.filter(d -> d == Dimension.STRING || d == Dimension.BOOLEAN).isPresent()
                && compatible(left, right)) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, c.span())
                    .message("`%s` does not compare values of type %s", c.op().sign(), dimension.get().label())
                    .help("`==`, `!=`" + (dimension.get() == Dimension.STRING ? ", `=~`, `!~` and `in`" : "") + " do");
        }
    }

    /** Severities have an order of their own, and their names stand for them. */
    private void severities(Expr.Comparison c, List<Expr> sides) {
        if (c.op() == CompareOp.MATCHES || c.op() == CompareOp.NOT_MATCHES) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, c.span())
                    .message("`%s` does not compare severities", c.op().sign()).help("`==`, `!=`, `<`, `>=` … do");
            return;
        }
        for (Expr side : sides) {
            if (HealsCheck.severity(side)) {
                values.type(side);
            } else {
                Choices.check(Choices.word(side).orElse(source.slice(side.span())), side.span(), "severity",
                        Choices.SEVERITIES, problems);
            }
        }
    }

    private void matches(Expr.Comparison c, Type left) {
        if (left.known().filter(d -> d != Dimension.STRING).isPresent()) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, c.span())
                    .message("`%s` compares text with a pattern, and `%s` is %s", c.op().sign(),
                            source.slice(c.left().span()), left instanceof Type.Of of ? of.phrase() : "a value");
        } else if (c.right() instanceof Expr.StringLiteral pattern) {
            pattern(pattern.text(), pattern.span(), problems);
        } else {
            problems.report(DiagnosticCode.WRONG_OPERATOR, c.right().span())
                    .message("`%s` takes a pattern in quotes, not `%s`", c.op().sign(),
                            source.slice(c.right().span()));
        }
    }

    /** Reports a pattern that RE2 cannot read, or only with more memory than a pattern is worth. */
    static void pattern(String regex, Span span, Diagnostics problems) {
        if (Repeats.most(regex) > Repeats.MOST) {
            problems.report(DiagnosticCode.BAD_PATTERN, span)
                    .message("the pattern `%s` repeats a part more than %s times", regex, Repeats.MOST)
                    .help("repetitions inside one another multiply; use `*` or `+`");
            return;
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            problems.report(DiagnosticCode.BAD_PATTERN, span)
                    .message("the pattern `%s` cannot be read: %s", regex, e.getDescription())
                    .help("patterns are RE2, without back-references and look-around");
        }
    }

    private void in(Expr.In in) {
        Type value = values.type(in.value());
        for (Expr.InItem item : in.items()) {
            Type from = values.type(item.from());
            compatible(in.value(), value, item.from(), from, item.span());
            if (item.to().isPresent()) {
                Type to = values.type(item.to().get());
                compatible(in.value(), value, item.to().get(), to, item.span());
                if (from.known().or(value::known).filter(d -> d == Dimension.STRING || d == Dimension.BOOLEAN)
                        .isPresent()) {
                    problems.report(DiagnosticCode.WRONG_OPERATOR, item.span())
                            .message("a range takes numbers, durations or bytes")
                            .help("list the values: `[\"a\", \"b\"]`");
                }
            }
        }
    }

    private static boolean compatible(Type left, Type right) {
        return left.known().isEmpty() || right.known().isEmpty() || left.known().equals(right.known());
    }

    private void compatible(Expr left, Type leftType, Expr right, Type rightType, Span span) {
        if (compatible(leftType, rightType) || !(leftType instanceof Type.Of l) || !(rightType instanceof Type.Of r)) {
            return;
        }
        Diagnostics.Reported reported = problems.report(DiagnosticCode.DIFFERENT_DIMENSIONS, span)
                .message("`%s` is %s and `%s` %s: they cannot be compared", source.slice(left.span()), l.phrase(),
                        source.slice(right.span()), r.phrase());
        declaredAt(left, reported);
        declaredAt(right, reported);
    }

    private void declaredAt(Expr side, Diagnostics.Reported reported) {
        if (ungrouped(side) instanceof Expr.Series series) {
            Declared<?> declared = symbols.metrics().get(series.name().text());
            if (declared != null) {
                reported.label(declared.file(), declared.declaration().span(), "declared here");
            }
        }
    }

    /** Reports a selector's patterns. */
    static void matchers(List<Expr.Matcher> matchers, Diagnostics problems) {
        for (Expr.Matcher matcher : matchers) {
            switch (matcher.op()) {
                case MATCHES, NOT_MATCHES -> pattern(matcher.value().text(), matcher.value().span(), problems);
                case EQ, NE -> {
                    // Plain text.
                }
            }
        }
    }
}
