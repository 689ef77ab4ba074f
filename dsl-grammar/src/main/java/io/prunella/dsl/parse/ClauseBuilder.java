package io.prunella.dsl.parse;

import static io.prunella.dsl.parse.Values.name;
import static io.prunella.dsl.parse.Values.names;
import static io.prunella.dsl.parse.Values.span;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Clauses of rules and records. */
final class ClauseBuilder {
    private static final List<String> SEVERITIES = List.of("critical", "high", "warning", "info");
    private static final List<String> MODES = List.of("dry_run", "approve", "auto");

    private final Values values;
    private final ExprBuilder exprs;
    private final StepBuilder steps;
    private final TriggerBuilder triggers;

    ClauseBuilder(Values values, ExprBuilder exprs, StepBuilder steps) {
        this.values = values;
        this.exprs = exprs;
        this.steps = steps;
        this.triggers = new TriggerBuilder(values, exprs);
    }

    /** Null where a word that begins no clause was reported. */
    @Nullable
    Clause clause(Dl.ClauseContext context) {
        Span span = span(context);
        String word = context.getStart().getText();
        return switch (context.getStart().getType()) {
            case Dl.K_TEXT -> text(word, Values.string(context.string()), span);
            case Dl.K_WORD -> word(word, name(context.title()), span);
            case Dl.K_MAP -> word.equals("labels")
                    ? new Clause.Labels(exprs.map(context.map()), span)
                    : new Clause.Annotations(exprs.map(context.map()), span);
            case Dl.K_INT -> new Clause.Priority(
                    values.whole(context.NUMBER(0), context.MINUS() != null, 0, Long.MAX_VALUE, "`priority`"), span);
            case Dl.K_BY -> new Clause.By(names(context.name()), span);
            case Dl.K_ON -> new Clause.On(triggers.trigger(context.trigger()), span);
            case Dl.K_PROM -> new Clause.PromExpr(context.PROM().getText(), span);
            case Dl.K_DURATION -> duration(word, context.NUMBER(0), span);
            case Dl.K_COND -> condition(word, exprs.expr(context.expr(0)), span);
            case Dl.K_STEPS -> steps(word, steps.steps(context.step()), span);
            case Dl.K_VERIFY -> verify(context, span);
            case Dl.K_LIMIT -> new Clause.Limit(context.limitTerm().stream().map(this::limit).toList(), span);
            default -> null;
        };
    }

    private static Clause text(String word, Expr.StringLiteral text, Span span) {
        return word.equals("describe") ? new Clause.Describe(text, span) : new Clause.Runbook(text, span);
    }

    private Clause word(String word, Name name, Span span) {
        return switch (word) {
            case "severity" -> new Clause.Severity(values.word(name, SEVERITIES, "severity"), span);
            case "mode" -> new Clause.Mode(values.word(name, MODES, "mode"), span);
            default -> new Clause.GroupName(name, span);
        };
    }

    private Clause duration(String word, TerminalNode number, Span span) {
        return switch (word) {
            case "every" -> new Clause.Every(values.positive(word, number), span);
            case "for" -> new Clause.For(values.duration(number), span);
            case "keep_firing_for" -> new Clause.KeepFiringFor(values.duration(number), span);
            case "repeat" -> new Clause.Repeat(values.positive(word, number), span);
            default -> new Clause.Cooldown(values.duration(number), span);
        };
    }

    private static Clause condition(String word, Expr condition, Span span) {
        return switch (word) {
            case "when" -> new Clause.When(condition, span);
            case "unless" -> new Clause.Unless(condition, span);
            default -> new Clause.Until(condition, span);
        };
    }

    private static Clause steps(String word, List<Step> steps, Span span) {
        return switch (word) {
            case "then" -> new Clause.Then(steps, span);
            case "after" -> new Clause.After(steps, span);
            case "rollback" -> new Clause.Rollback(steps, span);
            default -> new Clause.Escalate(steps, span);
        };
    }

    private Clause verify(Dl.ClauseContext context, Span span) {
        Optional<DurationLiteral> within = Optional.empty();
        Optional<DurationLiteral> every = Optional.empty();
        for (Dl.VerifyOptionContext option : context.verifyOption()) {
            boolean first = option.WITHIN() != null ? within.isEmpty() : every.isEmpty();
            if (!first) {
                values.diagnostics().report(DiagnosticCode.DUPLICATE_CLAUSE, span(option))
                        .message("`%s` is written twice", option.getStart().getText()).help("keep one of them");
            } else if (option.WITHIN() != null) {
                within = Optional.of(values.duration(option.NUMBER()));
            } else {
                every = Optional.of(values.positive("every", option.NUMBER()));
            }
        }
        return new Clause.Verify(exprs.expr(context.expr(0)), within, every, span);
    }

    private Clause.LimitTerm limit(Dl.LimitTermContext context) {
        Span span = span(context);
        if (context.FLEET() != null) {
            Expr.NumberLiteral fraction = values.plain(context.NUMBER(0));
            if (fraction.dimension() == Dimension.NUMBER && (fraction.value() <= 0 || fraction.value() > 1)
                    && !Values.lexeme(context.NUMBER(0)).broken) {
                values.diagnostics().report(DiagnosticCode.OUT_OF_RANGE, fraction.span())
                        .message("a part of the fleet cannot be `%s`", fraction.text())
                        .help("it is more than 0 and at most `100%`");
            }
            return new Clause.LimitTerm.OfFleet(fraction, span);
        }
        Optional<Name> per = context.name() == null ? Optional.empty() : Optional.of(name(context.name()));
        long count = values.whole(context.NUMBER(0), false, 1, Long.MAX_VALUE, "a limit");
        return context.ONCE() != null
                ? new Clause.LimitTerm.AtOnce(count, per, span)
                : new Clause.LimitTerm.Rate(count, values.duration(context.NUMBER(1)), per, span);
    }

    /** Names that a trigger gives to its events. */
    static List<String> aliases(List<Dl.ClauseContext> clauses) {
        List<String> aliases = new ArrayList<>();
        for (Dl.ClauseContext clause : clauses) {
            Dl.TriggerContext trigger = clause.trigger();
            if (trigger != null && trigger.eventPattern() != null) {
                addAliases(trigger.eventPattern(), aliases);
                for (Dl.SequenceContext sequence : trigger.sequence()) {
                    if (sequence.eventPattern() != null) {
                        addAliases(sequence.eventPattern(), aliases);
                    }
                }
            }
        }
        return aliases;
    }

    private static void addAliases(Dl.EventPatternContext pattern, List<String> aliases) {
        for (Dl.PatternOptionContext option : pattern.patternOption()) {
            if (option.name() != null) {
                aliases.add(option.name().getText());
            }
        }
    }
}
