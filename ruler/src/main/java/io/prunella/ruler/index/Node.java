package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.plan.Truth;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.index.Term.Item;
import io.prunella.ruler.index.Term.Pair;
import io.prunella.ruler.index.Term.SeriesTerm;
import io.prunella.ruler.index.Term.Standing;
import io.prunella.ruler.index.Term.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition bound to the numbers of the index.
 *
 * <p>Every child is judged every time, also where the result is settled already: a hold must see each break.
 */
sealed interface Node {

    Truth truth(Sight sight);

    /** Given that it is unknown: whether that is because of a series that the subject once had. */
    boolean lost(Sight sight);

    /** A comparison: something that {@link Legs} can describe. */
    sealed interface Leaf extends Node {}

    /** A condition on what lies beyond the subject's series. */
    sealed interface Outward extends Leaf permits DayTime, FleetNode {

        /** What is told of it, as if it were a comparison. */
        Compared told(Sight sight);
    }

    record AllOf(List<Node> of) implements Node {
        @Override
        public Truth truth(Sight sight) {
            Truth all = Truth.TRUE;
            for (int i = 0; i < of.size(); i++) {
                all = all.and(of.get(i).truth(sight));
            }
            return all;
        }

        @Override
        public boolean lost(Sight sight) {
            return anyLost(of, sight);
        }
    }

    record AnyOf(List<Node> of) implements Node {
        @Override
        public Truth truth(Sight sight) {
            Truth any = Truth.FALSE;
            for (int i = 0; i < of.size(); i++) {
                any = any.or(of.get(i).truth(sight));
            }
            return any;
        }

        @Override
        public boolean lost(Sight sight) {
            return anyLost(of, sight);
        }
    }

    private static boolean anyLost(List<Node> of, Sight sight) {
        for (Node node : of) {
            if (node.truth(sight) == Truth.UNKNOWN && node.lost(sight)) {
                return true;
            }
        }
        return false;
    }

    record Not(Node inner) implements Node {
        @Override
        public Truth truth(Sight sight) {
            return inner.truth(sight).not();
        }

        @Override
        public boolean lost(Sight sight) {
            return inner.lost(sight);
        }
    }

    /**
     * True once the inner condition has been true for {@code after} without a break; false while not yet.
     *
     * @param number of its time in {@link Sight#holds}, or in the event's when {@code perEvent}
     * @param perEvent whether the inner condition asks for the event
     */
    record Hold(Node inner, long after, int number, boolean perEvent, HoldOrigin origin) implements Node {
        @Override
        public Truth truth(Sight sight) {
            Truth truth = inner.truth(sight);
            long[] since = times(sight);
            if (sight.withoutHolds || since == null) {
                return truth;
            }
            if (truth != Truth.TRUE) {
                since[number] = Sight.NOT_HELD;
                return truth;
            }
            if (since[number] == Sight.NOT_HELD) {
                since[number] = sight.now;
            }
            return Truth.of(sight.now - since[number] >= after);
        }

        /** Since when it has been true; null where there is no event to count for. */
        long @Nullable [] times(Sight sight) {
            if (!perEvent) {
                return sight.holds;
            }
            return sight.event == null ? null : sight.event.holds;
        }

        @Override
        public boolean lost(Sight sight) {
            return inner.lost(sight);
        }
    }

    /** A series and a constant: what nearly every rule is made of, so it allocates nothing. */
    record Threshold(SeriesTerm series, CompareOp op, double threshold, Quantifier quantifier) implements Leaf {
        @Override
        public Truth truth(Sight sight) {
            int code = sight.subjects.sole(sight.subject, series.slot());
            if (code == -1 || series.poisoned(sight)) {
                return Truth.UNKNOWN;
            }
            if (code >= 0) {
                return series.standing(sight, code) == Standing.VALID ? Truth.of(holds(sight, code)) : Truth.UNKNOWN;
            }
            boolean some = false;
            boolean any = false;
            boolean all = true;
            for (int number : sight.subjects.several(code)) {
                Standing standing = series.standing(sight, number);
                if (standing == Standing.AWAITED) {
                    return Truth.UNKNOWN;
                }
                if (standing == Standing.VALID) {
                    boolean holds = holds(sight, number);
                    some = true;
                    any |= holds;
                    all &= holds;
                }
            }
            return some ? Truth.of(quantifier == Quantifier.ANY ? any : all) : Truth.UNKNOWN;
        }

        boolean holds(Sight sight, int number) {
            return Comparing.numbers(series.value(sight, number), op, threshold);
        }

        @Override
        public boolean lost(Sight sight) {
            return series.lost(sight);
        }
    }

    /** Any two values. */
    record Comparison(Term left, CompareOp op, Term right, Quantifier quantifier, Comparing comparing,
            List<SeriesTerm> series) implements Leaf {
        @Override
        public Truth truth(Sight sight) {
            Values lefts = left.values(sight);
            Values rights = right.values(sight);
            if (lefts.awaited() || rights.awaited()) {
                return Truth.UNKNOWN;
            }
            return over(quantifier, Term.pairs(lefts, rights).stream().map(this::truth).toList());
        }

        Truth truth(Pair pair) {
            return comparing.scalars(pair.left().value(), op, pair.right().value());
        }

        @Override
        public boolean lost(Sight sight) {
            return series.stream().anyMatch(term -> term.lost(sight));
        }
    }

    /** A value and intervals, ends included. */
    record Within(Term value, List<Range> ranges, Quantifier quantifier, Comparing comparing, List<SeriesTerm> series)
            implements
                Leaf {
        @Override
        public Truth truth(Sight sight) {
            Values values = value.values(sight);
            if (values.awaited()) {
                return Truth.UNKNOWN;
            }
            return over(quantifier, values.items().stream().map(item -> truth(item, sight)).toList());
        }

        Truth truth(Item item, Sight sight) {
            Truth any = Truth.FALSE;
            for (Range range : ranges) {
                any = any.or(range.around(item, sight, comparing));
            }
            return any;
        }

        @Override
        public boolean lost(Sight sight) {
            return series.stream().anyMatch(term -> term.lost(sight));
        }
    }

    /** {@code to} is null for a single value. */
    record Range(Term from, @Nullable Term to) {
        Truth around(Item item, Sight sight, Comparing comparing) {
            Term upper = to;
            if (upper == null) {
                return against(item, CompareOp.EQ, from, sight, comparing);
            }
            return against(item, CompareOp.GE, from, sight, comparing)
                    .and(against(item, CompareOp.LE, upper, sight, comparing));
        }

        private static Truth against(Item item, CompareOp op, Term end, Sight sight, Comparing comparing) {
            List<Item> ends = end.values(sight).items();
            return ends.size() == 1 ? comparing.scalars(item.value(), op, ends.get(0).value()) : Truth.UNKNOWN;
        }
    }

    /** A comparison with no valid value is unknown. */
    private static Truth over(Quantifier quantifier, List<Truth> truths) {
        if (truths.isEmpty()) {
            return Truth.UNKNOWN;
        }
        Truth result = truths.get(0);
        for (Truth truth : truths) {
            result = quantifier == Quantifier.ANY ? result.or(truth) : result.and(truth);
        }
        return result;
    }
}
