package io.prunella.cli;

import io.prunella.ruler.backtest.BacktestReport;
import io.prunella.ruler.backtest.Difference;
import io.prunella.ruler.backtest.RuleDifference;
import io.prunella.ruler.backtest.RuleDifference.Fate;
import java.util.List;

/**
 * A backtest as Markdown for a pull request, short enough for a comment. What users wrote stands in code, where neither
 * markup nor a mention nor a link means anything.
 */
final class BacktestMarkdown {
    private static final int MOST_OF_A_RULE = 20;
    private static final int MOST_RULES = 20;
    private static final int LONGEST = 300;
    /** A comment holds 65,536 characters. */
    private static final int FULL = 50_000;

    private final StringBuilder out = new StringBuilder();

    private BacktestMarkdown() {}

    static String of(BacktestReport report, String packA, String packB) {
        return new BacktestMarkdown().report(report, packA, packB);
    }

    private String report(BacktestReport report, String packA, String packB) {
        out.append("**Backtest: ").append(BacktestWords.counts(report::count)).append("** (")
                .append(BacktestWords.fires(report)).append(")\n\n");
        out.append("A is ").append(code(packA)).append(", B is ").append(code(packB)).append("; ")
                .append(BacktestWords.span(report)).append(".\n\n");
        out.append("| | A | B |\n|---|---|---|\n");
        for (BacktestWords.Row row : BacktestWords.totals(report)) {
            out.append("| ").append(row.name()).append(" | ").append(cell(row.a())).append(" | ").append(cell(row.b()))
                    .append(" |\n");
        }
        List<RuleDifference> differing = report.rules().stream()
                .filter(rule -> rule.fate() != Fate.SAME || !rule.differences().isEmpty()).toList();
        int shown = 0;
        for (RuleDifference rule : differing) {
            if (shown == MOST_RULES || out.length() > FULL) {
                out.append(String.format("%n… and %,d more rules; `prunella backtest --json` has all.%n",
                        differing.size() - shown));
                break;
            }
            rule(rule);
            shown++;
        }
        int same = report.rules().size() - differing.size();
        if (same > 0) {
            out.append("\nNo difference in ").append(Count.of(same, differing.isEmpty() ? "rule" : "other rule"))
                    .append(".\n");
        }
        return out.toString();
    }

    private void rule(RuleDifference rule) {
        out.append("\n<details><summary>").append(html(rule.rule())).append(": ").append(BacktestWords.fires(rule));
        if (rule.fate() == Fate.SAME || rule.fate() == Fate.CHANGED) {
            out.append(": ").append(BacktestWords.counts(rule::count));
        }
        out.append("</summary>\n\n");
        for (RuleDifference.Clause clause : rule.clauses()) {
            out.append("- ").append(code(clause.name())).append(": ")
                    .append(BacktestWords.arrow(clause.a(), clause.b(), BacktestMarkdown::code)).append('\n');
        }
        if (!rule.clauses().isEmpty()) {
            out.append('\n');
        }
        int shown = 0;
        for (Difference difference : rule.differences()) {
            if (shown == MOST_OF_A_RULE || out.length() > FULL) {
                out.append(String.format("- … and %,d more; `prunella backtest --json` has all%n",
                        rule.differences().size() - shown));
                break;
            }
            difference(difference);
            shown++;
        }
        out.append("\n</details>\n");
    }

    private void difference(Difference difference) {
        out.append("- **").append(BacktestWords.kind(difference)).append("** ").append(BacktestWords.when(difference))
                .append(' ').append(code(BacktestWords.subject(difference.firing().subject())));
        if (difference.firing().result().skipped()) {
            out.append(' ').append(difference.firing().result().name());
        }
        out.append('\n');
        for (Difference.Change change : difference.changes()) {
            out.append("  - ").append(change.what()).append(": ")
                    .append(BacktestWords.arrow(change.a(), change.b(), BacktestMarkdown::code)).append('\n');
        }
        difference.reason().forEach(reason -> out.append("  - ").append(quoted(reason)).append('\n'));
    }

    /** A reason of ours: only what it has in back-quotes, and values, are the users'; all of it is made harmless. */
    private static String quoted(String reason) {
        return code(reason);
    }

    /** A span of code, fenced by more back-quotes than stand in a row in it. */
    static String code(String text) {
        String plain = oneLine(text);
        if (plain.isBlank()) {
            return "`\"\"`";
        }
        int longest = 0;
        int row = 0;
        for (int i = 0; i < plain.length(); i++) {
            row = plain.charAt(i) == '`' ? row + 1 : 0;
            longest = Math.max(longest, row);
        }
        String fence = "`".repeat(longest + 1);
        String pad = longest > 0 || plain.startsWith(" ") || plain.endsWith(" ") ? " " : "";
        return fence + pad + plain + pad + fence;
    }

    /** The same where a bar would end the cell. */
    private static String cell(String text) {
        return text.matches("[\\p{L}\\p{N} ,.%/:_-]*") ? text.replace("_", "\\_") : html(text);
    }

    /** Code as HTML, in which nothing is markup, neither HTML's nor Markdown's. */
    static String html(String text) {
        StringBuilder safe = new StringBuilder("<code>");
        oneLine(text).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '.' || c == '/') {
                safe.appendCodePoint(c);
            } else {
                safe.append("&#").append(c).append(';');
            }
        });
        return safe.append("</code>").toString();
    }

    private static String oneLine(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
