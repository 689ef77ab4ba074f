package io.prunella.dsl.format;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expectation;
import io.prunella.dsl.ast.Given;

/** Tests: one line for each thing given or expected. */
final class TestPrinter {
    private final ExprPrinter exprs;
    private final StepPrinter steps;
    private final Units units;
    private final Page page;

    TestPrinter(ExprPrinter exprs, StepPrinter steps, Units units, Page page) {
        this.exprs = exprs;
        this.steps = steps;
        this.units = units;
        this.page = page;
    }

    void test(Declaration.Test test) {
        page.line(0, "test " + exprs.written(test.title()));
        page.trailing(units.head(test));
        given(test);
        expect(test);
    }

    private void given(Declaration.Test test) {
        if (test.given().size() == 1 && test.given().getFirst() instanceof Given.RecordingFile only) {
            page.unit(2, new Flow().text("given: recording ").text(exprs.written(only.path())), units.of(only));
        } else if (!test.given().isEmpty()) {
            page.line(2, "given:");
            for (Given line : test.given()) {
                Flow out = new Flow();
                given(line, out);
                page.unit(4, out, units.of(line));
            }
        }
    }

    private void given(Given given, Flow out) {
        switch (given) {
            case Given.RecordingFile recording -> out.text("recording ").text(exprs.written(recording.path()));
            case Given.Scripted scripted -> {
                out.text("stub: execute(").text(exprs.written(scripted.action())).text(") -> ");
                exprs.list(scripted.outcomes(), out, outcome -> {
                    out.text(exprs.written(outcome.outcome()));
                    outcome.after().ifPresent(after -> out.text(" after ").text(exprs.written(after)));
                });
            }
            case Given.EventAt event -> {
                out.text("at ").text(exprs.written(event.at())).text(": event ").text(exprs.written(event.type()))
                        .text(" on ").text(exprs.written(event.entity())).text(event.resolved() ? " resolved" : "");
                event.attributes().ifPresent(attributes -> exprs.map(attributes, out.text(" ")));
            }
            case Given.Samples samples -> samples(samples, out);
        }
    }

    private void samples(Given.Samples samples, Flow out) {
        out.text(exprs.written(samples.entity())).text(" ").text(exprs.written(samples.metric()));
        if (!samples.labels().isEmpty()) {
            exprs.matchers(samples.labels(), out);
        }
        out.text(": ");
        switch (samples.values()) {
            case Given.SampleValues.Constant constant -> {
                exprs.print(constant.value(), out);
                if (constant.span().end() > constant.value().span().end()) {
                    out.text(" x " + constant.count());
                }
            }
            case Given.SampleValues.Ramp ramp -> {
                exprs.print(ramp.from(), out);
                exprs.print(ramp.to(), out.text(" -> "));
                out.text(" over ").text(exprs.written(ramp.over()));
            }
        }
        if (samples.every().span().end() > samples.every().span().start()) {
            out.text(" every ").text(exprs.written(samples.every()));
        }
        samples.from().ifPresent(from -> out.text(" from ").text(exprs.written(from)));
    }

    private void expect(Declaration.Test test) {
        if (test.expect().size() == 1 && test.expect().getFirst() instanceof Expectation.NothingElse only) {
            page.unit(2, new Flow().text("expect: nothing else"), units.of(only));
            return;
        }
        page.line(2, "expect:");
        for (Expectation line : test.expect()) {
            Flow out = new Flow();
            expectation(line, out);
            page.unit(4, out, units.of(line));
        }
    }

    private void expectation(Expectation expectation, Flow out) {
        switch (expectation) {
            case Expectation.NothingElse _ -> out.text("nothing else");
            case Expectation.Result result -> out.text("result: ").text(exprs.written(result.result()));
            case Expectation.Fires fires -> {
                out.text("at ").text(exprs.written(fires.from()));
                fires.to().ifPresent(to -> out.text("..").text(exprs.written(to)));
                out.text(": ").text(exprs.written(fires.rule()));
                fires.entity().ifPresent(entity -> out.text(" on ").text(exprs.written(entity)));
                fires.detail().ifPresent(detail -> detail(detail, out.gap()));
            }
        }
    }

    private void detail(Expectation.FiringDetail detail, Flow out) {
        switch (detail) {
            case Expectation.FiringDetail.Does does -> steps.inline(does.step(), out.text("-> "));
            case Expectation.FiringDetail.SuppressedBy by -> out.text("suppressed by ").text(exprs.written(by.rule()));
            case Expectation.FiringDetail.SkippedBy by -> out.text("skipped by ").text(exprs.written(by.reason()));
        }
    }
}
