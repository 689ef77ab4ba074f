package io.prunella.dsl.parse;

import static io.prunella.dsl.parse.Values.name;
import static io.prunella.dsl.parse.Values.span;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expectation;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** What stands under {@code given:} and {@code expect:}. */
final class TestBuilder {
    private static final List<String> OUTCOMES = List.of("failed", "ok", "timed_out", "unknown");

    private final Values values;
    private final ExprBuilder exprs;
    private final StepBuilder steps;

    TestBuilder(Values values, ExprBuilder exprs, StepBuilder steps) {
        this.values = values;
        this.exprs = exprs;
        this.steps = steps;
    }

    List<Given> given(List<Dl.GivenContext> contexts) {
        List<Given> lines = new ArrayList<>();
        for (Dl.GivenContext context : contexts) {
            if (context.exception == null) {
                lines.add(given(context));
            }
        }
        return lines;
    }

    private Given given(Dl.GivenContext context) {
        Span span = span(context);
        if (context.RECORDING() != null) {
            return new Given.RecordingFile(Values.string(context.string()), span);
        }
        if (context.K_STUB() != null) {
            List<Given.ScriptedOutcome> outcomes = context.outcome().stream().map(this::outcome).toList();
            return new Given.Scripted(name(context.denied().title()), outcomes, span);
        }
        if (context.AT() != null) {
            return new Given.EventAt(values.duration(context.NUMBER(0)), name(context.string()), name(context.entity()),
                    context.RESOLVED() != null,
                    context.map() == null ? Optional.empty() : Optional.of(exprs.map(context.map())), span);
        }
        Given.SampleValues samples = samples(context.samples());
        int number = 0;
        Span end = samples.span();
        DurationLiteral every = new DurationLiteral(0, "0s", new Span(end.end(), end.end(), end.line(), end.column()));
        if (context.EVERY() != null) {
            every = values.duration(context.NUMBER(number++));
            if (every.millis() == 0 && !Values.lexeme(context.NUMBER(0)).broken) {
                values.diagnostics().report(DiagnosticCode.OUT_OF_RANGE, every.span())
                        .message("samples every `%s` are all at one instant", every.text())
                        .help("write a duration such as `15s`");
            }
        } else if (!(samples instanceof Given.SampleValues.Constant constant && constant.count() == 1)) {
            values.diagnostics().report(DiagnosticCode.UNEXPECTED_INPUT, samples.span())
                    .message("expected `every` after these values").help("write how far apart they are: `every 15s`");
        }
        Optional<DurationLiteral> from = context.FROM() == null
                ? Optional.empty()
                : Optional.of(values.duration(context.NUMBER(number)));
        return new Given.Samples(name(context.entity()), name(context.name()), exprs.matchers(context.matchers()),
                samples, every, from, span);
    }

    private Given.SampleValues samples(Dl.SamplesContext context) {
        Expr first = value(context.sampleValue(0));
        if (context.ARROW() != null) {
            return new Given.SampleValues.Ramp(first, value(context.sampleValue(1)), values.duration(context.NUMBER()),
                    span(context));
        }
        int count = context.X() == null
                ? 1
                : (int) values.whole(context.NUMBER(), false, 1, 1_000_000, "a number of samples");
        return new Given.SampleValues.Constant(first, count, span(context));
    }

    private Expr value(Dl.SampleValueContext context) {
        TerminalNode node = context.NUMBER() == null ? context.NAME() : context.NUMBER();
        Span span = span(node);
        Expr value = Values.number(node);
        if (context.NAME() != null) {
            double number = switch (node.getText()) {
                case "NaN" -> Double.NaN;
                case "Inf" -> Double.POSITIVE_INFINITY;
                default -> 0;
            };
            if (number == 0) {
                values.diagnostics().report(DiagnosticCode.UNEXPECTED_INPUT, span)
                        .message("expected a number, found `%s`", node.getText())
                        .help("a sample is a number, `NaN`, `+Inf` or `-Inf`");
            }
            value = new Expr.NumberLiteral(number, Dimension.NUMBER, node.getText(), span);
        }
        return context.MINUS() == null ? value : new Expr.Negate(value, span(context));
    }

    private Given.ScriptedOutcome outcome(Dl.OutcomeContext context) {
        Name word = values.word(name(context.name()), OUTCOMES, "outcome");
        return new Given.ScriptedOutcome(word,
                context.AFTER() == null ? Optional.empty() : Optional.of(values.duration(context.NUMBER())),
                span(context));
    }

    List<Expectation> expect(List<Dl.ExpectationContext> contexts) {
        List<Expectation> lines = new ArrayList<>();
        for (Dl.ExpectationContext context : contexts) {
            if (context.exception == null) {
                lines.add(expectation(context));
            }
        }
        return lines;
    }

    private Expectation expectation(Dl.ExpectationContext context) {
        Span span = span(context);
        if (context.NOTHING() != null) {
            return new Expectation.NothingElse(span);
        }
        if (context.K_RESULT() != null) {
            return new Expectation.Result(name(context.name()), span);
        }
        return new Expectation.Fires(values.duration(context.NUMBER(0)),
                context.DOTS() == null ? Optional.empty() : Optional.of(values.duration(context.NUMBER(1))),
                name(context.entity(0)),
                context.ON() == null ? Optional.empty() : Optional.of(name(context.entity(1))),
                context.firingDetail() == null ? Optional.empty() : detail(context.firingDetail()), span);
    }

    private Optional<Expectation.FiringDetail> detail(Dl.FiringDetailContext context) {
        Span span = span(context);
        if (context.SUPPRESSED() != null) {
            return Optional.of(new Expectation.FiringDetail.SuppressedBy(name(context.entity()), span));
        }
        if (context.SKIPPED() != null) {
            return Optional.of(new Expectation.FiringDetail.SkippedBy(name(context.name()), span));
        }
        Step step = steps.step(context.step());
        return step == null ? Optional.empty() : Optional.of(new Expectation.FiringDetail.Does(step, span));
    }
}
