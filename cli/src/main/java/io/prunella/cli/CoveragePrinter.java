package io.prunella.cli;

import io.prunella.control.proof.Coverage;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prints what tests have seen of rules: for people what they have not, for machines all. */
final class CoveragePrinter {
    private final PrintStream out;
    private final Style style;

    CoveragePrinter(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void print(Coverage coverage) {
        out.println();
        out.println(style.strong("coverage: " + coverage.percent() + "%") + " (" + coverage.seen() + " of "
                + coverage.all() + ")");
        coverage.rules().forEach(this::print);
    }

    private void print(Coverage.OfRule rule) {
        String count = rule.seen() + " of " + rule.all();
        out.println("  " + rule.rule() + ": "
                + (rule.seen() == rule.all() ? style.good(count) : style.bad(count)));
        for (Coverage.Leg leg : rule.legs()) {
            List<String> never = Stream.of(leg.seenTrue() ? "" : "true", leg.seenFalse() ? "" : "false")
                    .filter(word -> !word.isEmpty()).toList();
            if (!never.isEmpty()) {
                out.println(
                        "    never " + String.join(", never ", never) + ": `" + leg.text() + "` (" + leg.id() + ")");
            }
        }
        List<String> missing = rule.outcomes().stream().filter(outcome -> outcome.counts() && outcome.times() == 0)
                .map(Coverage.Outcome::name).toList();
        if (!missing.isEmpty()) {
            out.println("    never: " + String.join(", ", missing));
        }
        List<String> happened = rule.outcomes().stream().filter(outcome -> outcome.times() > 0)
                .map(Coverage.Outcome::name).toList();
        if (!happened.isEmpty()) {
            out.println(style.quiet("    seen: " + String.join(", ", happened)));
        }
    }

    /** One line a rule, then one with the sum. */
    void json(Coverage coverage) {
        for (Coverage.OfRule rule : coverage.rules()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("coverage", "rule");
            line.put("pack", rule.pack());
            line.put("rule", rule.rule());
            line.put("seen", rule.seen());
            line.put("all", rule.all());
            line.put("legs", rule.legs().stream().map(CoveragePrinter::leg).toList());
            line.put("outcomes", rule.outcomes().stream().map(CoveragePrinter::outcome).toList());
            out.println(Json.line(line));
        }
        Map<String, Object> sum = new LinkedHashMap<>();
        sum.put("coverage", "all");
        sum.put("seen", coverage.seen());
        sum.put("all", coverage.all());
        sum.put("percent", coverage.percent());
        out.println(Json.line(sum));
    }

    private static Map<String, Object> leg(Coverage.Leg leg) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("leg", leg.id());
        line.put("text", leg.text());
        line.put("true", leg.seenTrue());
        line.put("false", leg.seenFalse());
        line.put("unknown", leg.seenUnknown());
        return line;
    }

    private static Map<String, Object> outcome(Coverage.Outcome outcome) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("outcome", outcome.name());
        line.put("counts", outcome.counts());
        line.put("times", outcome.times());
        return line;
    }
}
