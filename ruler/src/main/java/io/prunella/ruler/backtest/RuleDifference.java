package io.prunella.ruler.backtest;

import io.prunella.ruler.backtest.Difference.Kind;
import java.util.List;

/**
 * What became of one rule.
 *
 * @param rule its name, in the second pack where both have it
 * @param clauses what differs in its text
 * @param firingsA of the first pack, skipped ones too
 * @param differences in the order of their instants
 */
public record RuleDifference(String rule, Fate fate, List<Clause> clauses, long firingsA, long firingsB,
        List<Difference> differences) {
    public RuleDifference {
        clauses = List.copyOf(clauses);
        differences = List.copyOf(differences);
    }

    /** Whether a rule stands in one pack or in both. */
    public enum Fate {
        NEW, GONE, CHANGED, SAME
    }

    /**
     * A clause that differs; empty text where one pack does not have it.
     *
     * @param name as the rule spells it, else a word such as {@code action}
     */
    public record Clause(String name, String a, String b) {}

    RuleDifference with(List<Difference> others) {
        return new RuleDifference(rule, fate, clauses, firingsA, firingsB, others);
    }

    public long count(Kind kind) {
        return differences.stream().filter(difference -> difference.kind() == kind).count();
    }
}
