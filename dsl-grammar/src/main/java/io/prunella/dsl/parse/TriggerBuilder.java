package io.prunella.dsl.parse;

import static io.prunella.dsl.parse.Values.name;
import static io.prunella.dsl.parse.Values.names;
import static io.prunella.dsl.parse.Values.span;

import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** What stands behind {@code on}. */
final class TriggerBuilder {
    private final Values values;
    private final ExprBuilder exprs;

    TriggerBuilder(Values values, ExprBuilder exprs) {
        this.values = values;
        this.exprs = exprs;
    }

    Trigger trigger(Dl.TriggerContext context) {
        Span span = span(context);
        return switch (context.getStart().getType()) {
            case Dl.EVENT -> event(context, span);
            case Dl.ALERT -> new Trigger.OnAlert(names(context.string()),
                    exprs.expr(context.expr(), context.WHERE() != null), span);
            case Dl.BURN -> new Trigger.OnBurn(name(context.title()), ExprBuilder.op(context.compareOp()),
                    values.plain(context.NUMBER()), span);
            default -> schedule(context, span);
        };
    }

    private Trigger schedule(Dl.TriggerContext context, Span span) {
        if (context.EVERY() != null) {
            return new Trigger.OnEvery(values.positive("every", context.NUMBER()), span);
        }
        Optional<Name> zone = context.ZONE() == null ? Optional.empty() : Optional.of(name(context.string(1)));
        return new Trigger.OnCron(Values.string(context.string(0)), zone, span);
    }

    private Trigger event(Dl.TriggerContext context, Span span) {
        List<Trigger.FollowedBy> chain = context.sequence().stream().map(s -> new Trigger.FollowedBy(
                pattern(s.eventPattern()), values.duration(s.NUMBER()), span(s))).toList();
        Dl.AbsenceContext absence = context.absence();
        Optional<Trigger.Without> without = absence == null
                ? Optional.empty()
                : Optional.of(new Trigger.Without(pattern(absence.eventPattern()), values.duration(absence.NUMBER()),
                        span(absence)));
        Dl.RepetitionContext repetition = context.repetition();
        Optional<Trigger.Times> times = repetition == null
                ? Optional.empty()
                : Optional.of(new Trigger.Times(
                        (int) values.whole(repetition.NUMBER(0), false, 1, Integer.MAX_VALUE, "a number of events"),
                        values.duration(repetition.NUMBER(1)), span(repetition)));
        Optional<DurationLiteral> open = context.OPEN() == null
                ? Optional.empty()
                : Optional.of(values.duration(context.NUMBER()));
        return new Trigger.OnEvent(pattern(context.eventPattern()), chain, without, times, open, span);
    }

    private Trigger.EventPattern pattern(Dl.EventPatternContext context) {
        List<Expr> where = new ArrayList<>();
        List<Name> alias = new ArrayList<>();
        for (Dl.PatternOptionContext option : context.patternOption()) {
            if (option.WHERE() != null) {
                once(where, option);
                where.add(exprs.expr(option.expr()));
            } else {
                once(alias, option);
                alias.add(name(option.name()));
            }
        }
        return new Trigger.EventPattern(names(context.string()), where.stream().findFirst(),
                alias.stream().findFirst(), span(context));
    }

    private void once(List<?> before, ParserRuleContext option) {
        if (!before.isEmpty()) {
            values.diagnostics().report(DiagnosticCode.DUPLICATE_CLAUSE, Lexeme.span(option.getStart()))
                    .message("`%s` is written twice for one event", option.getStart().getText())
                    .help("join the conditions with `AND`");
        }
    }
}
