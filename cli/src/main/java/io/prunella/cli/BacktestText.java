package io.prunella.cli;

import io.prunella.ruler.backtest.BacktestReport;
import io.prunella.ruler.backtest.Difference;
import io.prunella.ruler.backtest.RuleDifference;
import io.prunella.ruler.backtest.RuleDifference.Fate;
import java.util.List;

/** A backtest for people at a terminal. */
final class BacktestText {
    private static final int MOST_OF_A_RULE = 10;
    private static final int NAME_WIDTH = 22;

    private final Style style;
    private final StringBuilder out = new StringBuilder();

    BacktestText(Style style) {
        this.style = style;
    }

    String of(BacktestReport report, String packA, String packB) {
        out.append(style.strong(BacktestWords.counts(report::count))).append(": ").append(BacktestWords.fires(report))
                .append('\n');
        out.append("A is ").append(safe(packA)).append(", B is ").append(safe(packB)).append("; ")
                .append(BacktestWords.span(report)).append('\n');
        for (RuleDifference rule : report.rules()) {
            if (rule.fate() != Fate.SAME || !rule.differences().isEmpty()) {
                rule(rule);
            }
        }
        List<String> same = report.rules().stream()
                .filter(rule -> rule.fate() == Fate.SAME && rule.differences().isEmpty()).map(RuleDifference::rule)
                .toList();
        if (!same.isEmpty()) {
            out.append("\nno difference in ").append(safe(String.join(", ", same))).append('\n');
        }
        totals(report);
        return out.toString();
    }

    /** What users wrote must not steer the terminal. */
    private static String safe(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private void rule(RuleDifference rule) {
        out.append('\n').append(style.strong(safe(rule.rule()))).append(": ").append(BacktestWords.fires(rule));
        if (rule.fate() == Fate.SAME || rule.fate() == Fate.CHANGED) {
            out.append(": ").append(BacktestWords.counts(rule::count));
        }
        out.append('\n');
        for (RuleDifference.Clause clause : rule.clauses()) {
            out.append("  ").append(clause.name()).append(": ")
                    .append(BacktestWords.arrow(clause.a(), clause.b(), BacktestText::safe)).append('\n');
        }
        rule.differences().stream().limit(MOST_OF_A_RULE).forEach(this::difference);
        int more = rule.differences().size() - MOST_OF_A_RULE;
        if (more > 0) {
            out.append(style.quiet(String.format("  … and %,d more; `--json` has all", more))).append('\n');
        }
    }

    private void difference(Difference difference) {
        String kind = BacktestWords.kind(difference);
        out.append("  ").append(switch (difference.kind()) {
            case NEW -> style.good("+ " + kind);
            case GONE -> style.bad("- " + kind);
            case EARLIER, LATER, CHANGED -> style.warning("~ " + kind);
        }).append("  ").append(BacktestWords.when(difference)).append("  ")
                .append(safe(BacktestWords.subject(difference.firing().subject())));
        if (difference.firing().result().skipped()) {
            out.append("  ").append(difference.firing().result().name());
        }
        out.append('\n');
        for (Difference.Change change : difference.changes()) {
            out.append("      ").append(change.what()).append(": ")
                    .append(BacktestWords.arrow(change.a(), change.b(), BacktestText::safe)).append('\n');
        }
        difference.reason().forEach(reason -> out.append("      ").append(safe(reason)).append('\n'));
    }

    private void totals(BacktestReport report) {
        List<BacktestWords.Row> rows = BacktestWords.totals(report);
        int width = rows.stream().mapToInt(row -> row.a().length()).max().orElse(0) + 3;
        out.append('\n').append(" ".repeat(NAME_WIDTH)).append(padded("A", width)).append("B\n");
        for (BacktestWords.Row row : rows) {
            String line = padded(row.name(), NAME_WIDTH) + padded(safe(row.a()), width) + safe(row.b());
            out.append(row.a().equals(row.b()) ? line : style.strong(line)).append('\n');
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
