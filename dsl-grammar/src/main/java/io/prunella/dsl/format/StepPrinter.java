package io.prunella.dsl.format;

import io.prunella.dsl.ast.Step;
import java.util.List;
import java.util.Locale;

/** Steps, one a line. */
final class StepPrinter {
    private final ExprPrinter exprs;
    private final Units units;
    private final Page page;

    StepPrinter(ExprPrinter exprs, Units units, Page page) {
        this.exprs = exprs;
        this.units = units;
        this.page = page;
    }

    /** A clause of steps: a single one stays on the line of its word. */
    void clause(int indent, String word, List<Step> steps, Units.Unit clause, Units.Unit head) {
        page.comments(indent, clause.leading);
        Step only = steps.getFirst();
        if (steps.size() == 1 && units.of(only).leading.isEmpty() && head.trailing.isEmpty()) {
            step(indent, only, word + ": ");
        } else {
            page.line(indent, word + ":");
            page.trailing(head);
            steps.forEach(step -> step(indent + 2, step, ""));
        }
        page.trailing(clause);
        page.comments(indent + 2, clause.closing);
    }

    private void step(int indent, Step step, String before) {
        Units.Unit unit = units.of(step);
        switch (step) {
            case Step.Invoke invoke -> {
                Flow flow = new Flow().text(before);
                invoke(invoke, flow);
                page.unit(indent, flow, unit);
            }
            case Step.Parallel parallel -> {
                page.comments(indent, unit.leading);
                page.line(indent, before + "parallel {");
                page.trailing(units.head(step));
                parallel.steps().forEach(inner -> step(indent + 2, inner, ""));
                page.comments(indent + 2, unit.closing);
                page.line(indent, "}");
                page.trailing(unit);
            }
        }
    }

    /** A step within a line, as in a test. */
    void inline(Step step, Flow out) {
        switch (step) {
            case Step.Invoke invoke -> invoke(invoke, out);
            case Step.Parallel parallel -> {
                out.text("parallel {").deeper();
                for (Step inner : parallel.steps()) {
                    out.gap();
                    inline(inner, out);
                }
                out.gap().shallower().text("}");
            }
        }
    }

    private void invoke(Step.Invoke invoke, Flow out) {
        out.text(invoke.verb().name().toLowerCase(Locale.ROOT)).text("(").deeper();
        boolean first = true;
        // Arguments without a name may stand between those with one; their places are kept.
        int option = 0;
        for (var positional : invoke.positional()) {
            while (option < invoke.options().size()
                    && invoke.options().get(option).span().start() < positional.span().start()) {
                first = separate(first, out);
                option(invoke.options().get(option++), out);
            }
            first = separate(first, out);
            exprs.print(positional, out);
        }
        while (option < invoke.options().size()) {
            first = separate(first, out);
            option(invoke.options().get(option++), out);
        }
        out.shallower().text(")");
    }

    private static boolean separate(boolean first, Flow out) {
        if (!first) {
            out.text(",").gap();
        }
        return false;
    }

    private void option(Step.Argument argument, Flow out) {
        out.text(argument.name().text()).text(": ").deeper();
        switch (argument.value()) {
            case Step.ArgumentValue.Value value -> exprs.print(value.expr(), out);
            case Step.ArgumentValue.Word word -> out.text(word.word().text());
            case Step.ArgumentValue.Backoff backoff -> out.text(backoff(backoff));
            case Step.ArgumentValue.Targets targets -> {
                out.text(targets.set().name().toLowerCase(Locale.ROOT));
                targets.where().ifPresent(where -> exprs.print(where, out.gap().text("where ")));
                targets.atOnce().ifPresent(count -> out.text(", " + count + " at once"));
            }
        }
        out.shallower();
    }

    // The factor as written: `2.0` and `2` are both kept.
    private String backoff(Step.ArgumentValue.Backoff backoff) {
        String written = exprs.written(backoff);
        String rest = written.substring(backoff.first().text().length());
        int max = rest.indexOf("max");
        String factor = (max < 0 ? rest : rest.substring(0, max)).replaceFirst("(?s)^.*?\\bx\\b", "").strip();
        if (!factor.matches("[0-9_.eE+-]+%?")) {
            factor = String.valueOf(backoff.factor());
        }
        return backoff.first().text() + " x " + factor + backoff.max().map(m -> " max " + m.text()).orElse("");
    }
}
