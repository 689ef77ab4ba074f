package io.prunella.cli;

import io.prunella.plan.DurationText;
import io.prunella.ruler.Printed;
import io.prunella.ruler.backtest.BacktestReport;
import io.prunella.ruler.backtest.Difference;
import io.prunella.ruler.backtest.Difference.Kind;
import io.prunella.ruler.backtest.RuleDifference;
import io.prunella.ruler.backtest.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a backtest says, in words that its text and its Markdown share. */
final class BacktestWords {
    private BacktestWords() {}

    /** A line of the table of totals. */
    record Row(String name, String a, String b) {}

    static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** {@code 2 new, 1 later}; {@code no difference}. */
    static String counts(Function<Kind, Long> count) {
        List<String> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long number = count.apply(kind);
            if (number > 0) {
                parts.add(String.format("%,d %s", number, word(kind)));
            }
        }
        return parts.isEmpty() ? "no difference" : String.join(", ", parts);
    }

    /** {@code A fires 3 times, B 4 times}. */
    static String fires(BacktestReport report) {
        return "A fires " + Count.of(report.a().firings(), "time") + ", B " + Count.of(report.b().firings(), "time");
    }

    static String fires(RuleDifference rule) {
        return switch (rule.fate()) {
            case NEW -> "a new rule, fires " + Count.of(rule.firingsB(), "time");
            case GONE -> "a rule that is gone, fired " + Count.of(rule.firingsA(), "time");
            case SAME, CHANGED -> String.format("%,d in A, %,d in B", rule.firingsA(), rule.firingsB());
        };
    }

    /** {@code new}, {@code later by 4m30s}. */
    static String kind(Difference difference) {
        long shift = difference.shiftMillis();
        return word(difference.kind()) + (shift == 0 ? "" : " by " + DurationText.of(Math.abs(shift)));
    }

    /** When, of the pack that it is about; both where they differ. */
    static String when(Difference difference) {
        String ts = Printed.ts(difference.firing().ts());
        return difference.shiftMillis() == 0
                ? ts
                : ts + " (A: " + Printed.ts(difference.a().orElseThrow().ts()) + ")";
    }

    /** {@code node-1}, {@code rack=r3, mountpoint=/}. */
    static String subject(Map<String, String> subject) {
        return subject.size() == 1 && subject.containsKey("entity")
                ? subject.getOrDefault("entity", "")
                : subject.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
    }

    static List<Row> totals(BacktestReport report) {
        Totals a = report.a();
        Totals b = report.b();
        return List.of(
                row("firings", a, b, t -> String.format("%,d", t.firings())),
                row("of them skipped", a, b, t -> String.format("%,d", t.skipped())),
                row("fires a day", a, b, t -> number(t.firesADay())),
                row("pages", a, b, t -> String.format("%,d", t.pages())),
                row("heals", a, b, t -> String.format("%,d", t.heals())),
                row("most per target", a, b, t -> t.mostPerTarget()
                        .map(most -> String.format("%,d on %s", most.firings(), most.entity())).orElse("none")),
                row("most targets at once", a, b, t -> t.mostAtOnce().targets() == 0
                        ? "none"
                        : String.format("%,d, %s %% of the fleet", t.mostAtOnce().targets(),
                                number(t.mostAtOnce().shareOfFleet() * 100))));
    }

    private static Row row(String name, Totals a, Totals b, Function<Totals, String> of) {
        return new Row(name, of.apply(a), of.apply(b));
    }

    /** With two digits at most. */
    private static String number(double value) {
        return Printed.number(Math.round(value * 100) / 100.0);
    }

    /** The time that the recordings span. */
    static String span(BacktestReport report) {
        if (report.first().isEmpty() || report.last().isEmpty()) {
            return "no records";
        }
        long first = report.first().getAsLong();
        long last = report.last().getAsLong();
        return Printed.ts(first) + " to " + Printed.ts(last) + ", " + DurationText.of(last - first);
    }

    /** {@code from → to}, where either may be nothing. */
    static String arrow(String a, String b, Function<String, String> spelt) {
        return (a.isEmpty() ? "nothing" : spelt.apply(a)) + " → " + (b.isEmpty() ? "nothing" : spelt.apply(b));
    }
}
