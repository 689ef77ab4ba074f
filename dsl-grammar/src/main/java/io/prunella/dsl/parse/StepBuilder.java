package io.prunella.dsl.parse;

import static io.prunella.dsl.parse.Values.name;
import static io.prunella.dsl.parse.Values.span;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps of {@code then}, {@code after}, {@code rollback}, {@code escalate}. */
final class StepBuilder {
    private static final List<String> VERBS = List.of("approve", "collect", "emit", "execute", "notify", "parallel",
            "ticket", "wait");
    private static final List<String> ON_FAILURE = List.of("abort", "continue", "rollback");

    private final Values values;
    private final ExprBuilder exprs;

    StepBuilder(Values values, ExprBuilder exprs) {
        this.values = values;
        this.exprs = exprs;
    }

    /** Those that could be read. */
    List<Step> steps(List<Dl.StepContext> contexts) {
        List<Step> steps = new ArrayList<>();
        for (Dl.StepContext context : contexts) {
            Step step = step(context);
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    @Nullable
    Step step(Dl.StepContext context) {
        if (context.exception != null) {
            return null;
        }
        if (context.PARALLEL() != null) {
            return new Step.Parallel(steps(context.step()), span(context));
        }
        Name verb = name(context.name());
        Step.Verb known = verb(verb.text());
        List<Expr> positional = new ArrayList<>();
        List<Step.Argument> options = new ArrayList<>();
        for (Dl.ArgumentContext argument : context.argument()) {
            if (argument.name() == null) {
                positional.add(exprs.expr(argument.expr()));
            } else {
                options.add(option(argument));
            }
        }
        if (known == null) {
            values.diagnostics().report(DiagnosticCode.UNKNOWN_STEP, verb.span())
                    .message("unknown step `%s`", verb.text())
                    .help(Closest.to(verb.text(), VERBS).map(s -> "did you mean `" + s + "`?")
                            .orElse("an action is run with `execute(\"" + verb.text() + "\")`"));
            return null;
        }
        return new Step.Invoke(known, positional, options, span(context));
    }

    private static Step.@Nullable Verb verb(String text) {
        return switch (text) {
            case "execute" -> Step.Verb.EXECUTE;
            case "notify" -> Step.Verb.NOTIFY;
            case "wait" -> Step.Verb.WAIT;
            case "approve" -> Step.Verb.APPROVE;
            case "collect" -> Step.Verb.COLLECT;
            case "emit" -> Step.Verb.EMIT;
            case "ticket" -> Step.Verb.TICKET;
            default -> null;
        };
    }

    /** How a verb is written. */
    static String written(Step.Verb verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    private Step.Argument option(Dl.ArgumentContext context) {
        Name name = name(context.name());
        Dl.ArgumentValueContext value = context.argumentValue();
        Step.ArgumentValue built;
        if (value.X() != null) {
            Expr.NumberLiteral factor = values.plain(value.NUMBER(1));
            Optional<DurationLiteral> max = value.MAX() == null
                    ? Optional.empty()
                    : Optional.of(values.duration(value.NUMBER(2)));
            built = new Step.ArgumentValue.Backoff(values.duration(value.NUMBER(0)), factor.value(), max, span(value));
        } else if (value.entitySet() != null) {
            built = targets(name, value);
        } else {
            Expr expr = exprs.expr(value.expr());
            checkSetting(name, expr);
            built = bareWord(name, expr)
                    ? new Step.ArgumentValue.Word(new Name(((Expr.Series) expr).name().text(), expr.span()))
                    : new Step.ArgumentValue.Value(expr);
        }
        if (name.text().equals("on_failure") && built instanceof Step.ArgumentValue.Word word) {
            values.word(word.word(), ON_FAILURE, "choice of `on_failure`");
        }
        return new Step.Argument(name, built, span(context));
    }

    private static boolean bareWord(Name name, Expr expr) {
        return expr instanceof Expr.Series series && series.matchers().isEmpty()
                && series.span().equals(series.name().span()) && !name.text().equals("if")
                && !name.text().equals("until");
    }

    private Step.ArgumentValue targets(Name name, Dl.ArgumentValueContext value) {
        Expr.EntitySet set = ExprBuilder.set(value.entitySet());
        boolean plain = value.WHERE() == null && value.ONCE() == null;
        if (plain && (set == Expr.EntitySet.PARENT || !name.text().equals("target"))) {
            Name word = name(value.entitySet());
            return set == Expr.EntitySet.PARENT
                    ? new Step.ArgumentValue.Value(new Expr.Keyword(Expr.KeywordTerm.PARENT, word.span()))
                    : new Step.ArgumentValue.Word(word);
        }
        Optional<Integer> atOnce = value.ONCE() == null
                ? Optional.empty()
                : Optional.of((int) values.whole(value.NUMBER(0), false, 1, Integer.MAX_VALUE, "a number at once"));
        return new Step.ArgumentValue.Targets(set, exprs.expr(value.expr(), value.WHERE() != null), atOnce,
                span(value));
    }

    /** Settings that every step and the defaults of a pack take. */
    void checkSetting(Name name, Expr value) {
        Expr.@Nullable NumberLiteral number = value instanceof Expr.NumberLiteral literal ? literal : null;
        boolean negative = value instanceof Expr.Negate;
        if (name.text().equals("retry")) {
            if (negative || (number != null && number.dimension() == Dimension.NUMBER
                    && (number.value() != Math.rint(number.value()) || number.value() > Integer.MAX_VALUE))) {
                outOfRange(name, value, "it is a whole number from 0 on");
            }
        } else if (name.text().equals("timeout")) {
            if (negative || (number != null && number.value() == 0)) {
                outOfRange(name, value, "it is a duration of at least `1ms`");
            } else if (number != null && number.dimension() != Dimension.DURATION) {
                values.needsDuration(number.text(), number.dimension(), number.span());
            }
        }
    }

    private void outOfRange(Name name, Expr value, String help) {
        String written = value instanceof Expr.Negate negate && negate.operand() instanceof Expr.NumberLiteral number
                ? "-" + number.text()
                : value instanceof Expr.NumberLiteral plain ? plain.text() : "a negative value";
        values.diagnostics().report(DiagnosticCode.OUT_OF_RANGE, value.span())
                .message("`%s` cannot be `%s`", name.text(), written).help(help);
    }
}
