package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expectation;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import io.prunella.plan.HealResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks that a test speaks of rules, results and outcomes that exist, in units that fit. */
final class TestCheck {
    private static final List<String> RESULTS = Arrays.stream(HealResult.values()).map(HealResult::name).toList();
    private static final List<String> OUTCOMES = List.of("ok", "failed", "timed_out");
    private static final List<String> SKIPS = List.of("cooldown", "limit", "guard", "lock");

    private final Symbols symbols;
    private final MetricTypes metrics;
    private final Source source;
    private final Diagnostics problems;

    TestCheck(Symbols symbols, MetricTypes metrics, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.metrics = metrics;
        this.source = source;
        this.problems = problems;
    }

    void check(Declaration.Test test) {
        for (Given given : test.given()) {
            switch (given) {
                case Given.Samples samples -> samples(samples);
                case Given.Scripted scripted -> scripted(scripted);
                case Given.EventAt event -> {
                    if (symbols.event(event.type().text()).isEmpty()) {
                        Spelling.warn("event", event.type().text(), event.type().span(), symbols.events().keySet(),
                                problems);
                    }
                }
                case Given.RecordingFile _ -> {
                    // Not executed yet.
                }
            }
        }
        boolean expected = false;
        for (Expectation expectation : test.expect()) {
            switch (expectation) {
                case Expectation.Fires fires -> {
                    expected = true;
                    fires(fires);
                }
                case Expectation.Result result -> result(result, expected);
                case Expectation.NothingElse _ -> {
                    // Speaks of no name.
                }
            }
        }
    }

    private void samples(Given.Samples samples) {
        ExprCheck.matchers(samples.labels(), problems);
        switch (samples.values()) {
            case Given.SampleValues.Constant constant -> value(samples.metric(), constant.value());
            case Given.SampleValues.Ramp ramp -> {
                value(samples.metric(), ramp.from());
                value(samples.metric(), ramp.to());
            }
        }
    }

    private void value(Name metric, Expr value) {
        Type wanted = metrics.of(metric.text(), symbols);
        Expr plain = value instanceof Expr.Negate negate ? negate.operand() : value;
        if (plain instanceof Expr.NumberLiteral number && Type.of(number) instanceof Type.Of given
                && wanted instanceof Type.Of of && of.dimension() != given.dimension()) {
            problems.report(DiagnosticCode.DIFFERENT_DIMENSIONS, value.span())
                    .message("`%s` is %s and `%s` %s", metric.text(), of.phrase(), source.slice(value.span()),
                            given.phrase());
        }
    }

    private void scripted(Given.Scripted scripted) {
        String action = scripted.action().text();
        if (!symbols.actions().containsKey(action) && !symbols.single() && symbols.complete()) {
            problems.report(DiagnosticCode.UNKNOWN_ACTION, scripted.action().span())
                    .message("no action is called `%s`", action)
                    .help(Closest.question(action, symbols.actions().keySet()));
        }
        for (Given.ScriptedOutcome outcome : scripted.outcomes()) {
            Choices.check(outcome.outcome(), "outcome", OUTCOMES, problems);
        }
    }

    private void fires(Expectation.Fires fires) {
        rule(fires.rule());
        fires.to().filter(to -> to.millis() < fires.from().millis())
                .ifPresent(to -> problems.report(DiagnosticCode.BAD_SETTING, to.span())
                        .message("`%s` is before `%s`", to.text(), fires.from().text()));
        fires.detail().ifPresent(detail -> {
            switch (detail) {
                case Expectation.FiringDetail.SuppressedBy by -> rule(by.rule());
                case Expectation.FiringDetail.Does _ -> {
                    // A step that no plan has is what the test finds out.
                }
                case Expectation.FiringDetail.SkippedBy skipped -> Choices.check(skipped.reason(),
                        "reason of skipping", SKIPS, problems);
            }
        });
    }

    private void rule(Name rule) {
        Optional<String> near = Closest.question(rule.text(), symbols.ruleNames());
        if (!symbols.ruleNames().contains(rule.text()) && (symbols.complete() || near.isPresent())) {
            problems.report(DiagnosticCode.UNKNOWN_RULE, rule.span()).message("no rule is called `%s`", rule.text())
                    .help(near);
        }
    }

    private void result(Expectation.Result result, boolean expected) {
        Choices.check(result.result(), "result", RESULTS, problems);
        if (!expected) {
            problems.report(DiagnosticCode.BAD_SETTING, result.span())
                    .message("`result` belongs to the firing expected before it, and there is none")
                    .help("e.g. `at 30s: my_rule on node-1`, then `result: HEALED`");
        }
    }
}
