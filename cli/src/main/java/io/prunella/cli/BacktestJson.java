package io.prunella.cli;

import io.prunella.ruler.Because;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.backtest.BacktestReport;
import io.prunella.ruler.backtest.Difference;
import io.prunella.ruler.backtest.Difference.Kind;
import io.prunella.ruler.backtest.Fired;
import io.prunella.ruler.backtest.RuleDifference;
import io.prunella.ruler.backtest.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A backtest for programs: {@code type} says what a line is about; the last one is the summary. */
final class BacktestJson {
    private BacktestJson() {}

    static List<String> lines(BacktestReport report) {
        List<String> lines = new ArrayList<>();
        for (RuleDifference rule : report.rules()) {
            lines.add(Json.line(rule(rule)));
            rule.differences().forEach(difference -> lines.add(Json.line(difference(rule.rule(), difference))));
        }
        lines.add(Json.line(totals("a", report.a())));
        lines.add(Json.line(totals("b", report.b())));
        Map<String, Object> summary = line("summary");
        summary.put("differs", report.differs());
        counts(summary, report::count);
        report.first().ifPresent(first -> summary.put("first", Printed.ts(first)));
        report.last().ifPresent(last -> summary.put("last", Printed.ts(last)));
        lines.add(Json.line(summary));
        return lines;
    }

    private static Map<String, Object> line(String type) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        return line;
    }

    private static void counts(Map<String, Object> line, Function<Kind, Long> count) {
        for (Kind kind : Kind.values()) {
            line.put(BacktestWords.word(kind), count.apply(kind));
        }
    }

    private static Map<String, Object> rule(RuleDifference rule) {
        Map<String, Object> line = line("rule");
        line.put("rule", rule.rule());
        line.put("fate", rule.fate().name().toLowerCase(Locale.ROOT));
        line.put("firings_a", rule.firingsA());
        line.put("firings_b", rule.firingsB());
        counts(line, rule::count);
        line.put("clauses", rule.clauses().stream().map(clause -> change("clause", clause.name(), clause.a(),
                clause.b())).toList());
        return line;
    }

    private static Map<String, Object> change(String key, String name, String a, String b) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put(key, name);
        change.put("a", a);
        change.put("b", b);
        return change;
    }

    private static Map<String, Object> difference(String rule, Difference difference) {
        Map<String, Object> line = line("firing");
        line.put("difference", BacktestWords.word(difference.kind()));
        line.put("rule", rule);
        line.put("entity", difference.firing().entity());
        line.put("subject", difference.firing().subject());
        if (difference.shiftMillis() != 0) {
            line.put("shift_ms", difference.shiftMillis());
        }
        difference.a().ifPresent(fired -> line.put("a", fired(fired)));
        difference.b().ifPresent(fired -> line.put("b", fired(fired)));
        line.put("changes", difference.changes().stream()
                .map(change -> change("what", change.what(), change.a(), change.b())).toList());
        line.put("reason", difference.reason());
        return line;
    }

    private static Map<String, Object> fired(Fired fired) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ts", Printed.ts(fired.ts()));
        line.put("result", fired.result().name());
        line.put("trace_id", fired.traceId());
        Map<String, Object> because = new LinkedHashMap<>();
        for (Because term : fired.because()) {
            because.put(term.term(), switch (term.value()) {
                case Scalar.Text text -> text.value();
                case Scalar.Quantity quantity -> Double.isFinite(quantity.value())
                        ? (Object) quantity.value()
                        : Printed.number(quantity.value());
                case Scalar.Flag flag -> flag.value();
            });
        }
        line.put("because", because);
        return line;
    }

    private static Map<String, Object> totals(String pack, Totals totals) {
        Map<String, Object> line = line("totals");
        line.put("pack", pack);
        line.put("firings", totals.firings());
        line.put("skipped", totals.skipped());
        line.put("fires_a_day", totals.firesADay());
        line.put("pages", totals.pages());
        line.put("heals", totals.heals());
        totals.mostPerTarget().ifPresent(most -> {
            line.put("most_per_target", most.firings());
            line.put("most_per_target_of", most.entity());
        });
        line.put("most_at_once", totals.mostAtOnce().targets());
        totals.mostAtOnce().at().ifPresent(at -> {
            line.put("most_at_once_at", Printed.ts(at));
            line.put("most_at_once_share_of_fleet", totals.mostAtOnce().shareOfFleet());
        });
        return line;
    }
}
