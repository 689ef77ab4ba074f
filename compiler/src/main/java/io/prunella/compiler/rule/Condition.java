package io.prunella.compiler.rule;

import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.ast.Expr.EntitySet;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Something that is true, false or unknown for a subject at an instant. */
public sealed interface Condition {

    /** True when all are; of nothing: true. */
    record All(List<Condition> of) implements Condition {
        public All {
            of = List.copyOf(of);
        }
    }

    record Any(List<Condition> of) implements Condition {
        public Any {
            of = List.copyOf(of);
        }
    }

    record Negated(Condition inner) implements Condition {}

    /**
     * True once {@code inner} has been true for {@code millis} without a break; false while not yet.
     *
     * @param strict for longer than {@code millis}, which is a millisecond more
     * @param origin which of the three ways of writing a hold it came from
     */
    record Held(Condition inner, long millis, boolean strict, HoldOrigin origin) implements Condition {
        /** When it elapses, counted from the instant at which {@code inner} became true. */
        public long afterMillis() {
            return strict ? millis + 1 : millis;
        }
    }

    /** Ways of writing a hold: {@code duration > 30s}, {@code x > 1 for 30s}, the clause {@code for: 30s}. */
    enum HoldOrigin {
        DURATION, TERM, CLAUSE
    }

    /**
     * A comparison of two values.
     *
     * <p>{@code left} and {@code right} may each stand for several series; series pair when all their labels but the
     * name are equal, and a side with exactly one pairs with each.
     *
     * @param quantifier whether one pair or all pairs have to satisfy it
     * @param text as written, for people
     */
    record Compare(ValueTerm left, CompareOp op, ValueTerm right, Quantifier quantifier, String text)
            implements
                Condition {}

    /** {@code x in [1..5, 7]}: ends are included. */
    record InSet(ValueTerm value, List<Interval> intervals, Quantifier quantifier, String text) implements Condition {
        public InSet {
            intervals = List.copyOf(intervals);
        }
    }

    /** {@code time in 09:30..11:30 zone "Asia/Shanghai"}: minutes of the day, the end excluded; may wrap midnight. */
    record TimeIn(int fromMinute, int toMinute, ZoneId zone, String text) implements Condition {}

    /** {@code absent(x)}: the entity is in the inventory and has no valid such series. */
    record Absent(SeriesSelector selector, String text) implements Condition {}

    /** {@code any(children where up == 0)}, {@code all(…)}: of the entities that stand so to the subject's entity. */
    record OverEntities(EntitySet set, Condition where, Quantifier quantifier, String text) implements Condition {}

    /** One value ({@code to} absent) or both ends. */
    record Interval(ValueTerm from, Optional<ValueTerm> to) {}

    /** {@code ALL}: for every one, and at least one. */
    enum Quantifier {
        ANY, ALL
    }
}
