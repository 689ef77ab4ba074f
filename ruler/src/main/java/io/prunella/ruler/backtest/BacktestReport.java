package io.prunella.ruler.backtest;

import io.prunella.ruler.backtest.Difference.Kind;
import io.prunella.ruler.recording.RecordingReport;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the second of two packs would have done differently.
 *
 * @param recording what became of the lines read
 * @param first the least time of a record, epoch milliseconds; absent when there was none
 * @param last where the clock ended
 * @param rules of both packs: in the order of the second, then those that are gone
 * @param notices what the ruler had to say, of which pack it says it
 */
public record BacktestReport(RecordingReport recording, OptionalLong first, OptionalLong last,
        List<RuleDifference> rules, Totals a, Totals b, List<String> notices) {
    public BacktestReport {
        rules = List.copyOf(rules);
        notices = List.copyOf(notices);
    }

    /** Whether anything would have been done differently; a rule that never fired made no difference. */
    public boolean differs() {
        return rules.stream().anyMatch(rule -> !rule.differences().isEmpty());
    }

    public long count(Kind kind) {
        return rules.stream().mapToLong(rule -> rule.count(kind)).sum();
    }
}
