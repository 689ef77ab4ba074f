package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.Condition;
import io.prunella.plan.DurationText;
import java.util.List;
import java.util.stream.Collectors;

/** A condition as its author would write it; its comparisons are as they did. */
final class WrittenCondition {
    private WrittenCondition() {}

    static String of(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.of().isEmpty() ? "true" : joined(all.of(), " AND ");
            case Condition.Any any -> any.of().isEmpty() ? "false" : joined(any.of(), " OR ");
            case Condition.Negated not -> "NOT " + inner(not.inner());
            case Condition.Held held -> held(held);
            case Condition.Compare compare -> compare.text();
            case Condition.InSet in -> in.text();
            case Condition.TimeIn time -> time.text();
            case Condition.Absent absent -> absent.text();
            case Condition.OverEntities over -> over.text();
        };
    }

    private static String held(Condition.Held held) {
        String length = DurationText.of(held.millis());
        return switch (held.origin()) {
            case DURATION -> (held.inner() instanceof Condition.All all && all.of().isEmpty()
                    ? ""
                    : held.inner() instanceof Condition.All
                            ? of(held.inner()) + " AND "
                            : inner(held.inner()) + " AND ")
                    + "duration " + (held.strict() ? "> " : ">= ") + length;
            case TERM -> inner(held.inner()) + " for " + length;
            case CLAUSE -> of(held.inner()) + ", for: " + length;
        };
    }

    private static String joined(List<Condition> of, String word) {
        return of.size() == 1
                ? of(of.getFirst())
                : of.stream().map(WrittenCondition::inner).collect(Collectors.joining(word));
    }

    /** In parentheses where something else could be read. */
    private static String inner(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.of().size() > 1 ? "(" + of(all) + ")" : of(all);
            case Condition.Any any -> any.of().size() > 1 ? "(" + of(any) + ")" : of(any);
            case Condition.Held held -> switch (held.origin()) {
                case TERM -> of(held);
                case DURATION, CLAUSE -> "(" + of(held) + ")";
            };
            case Condition.Negated not -> "(" + of(not) + ")";
            case Condition.Compare _,Condition.InSet _,Condition.TimeIn _,Condition.Absent _,Condition.OverEntities _ ->
                of(condition);
        };
    }
}
