package io.prunella.ruler.index;

import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.ruler.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * When comparisons turn by the mere passing of time.
 *
 * <p>Between two steps every value over time is monotonous, also as computed in doubles, so the first millisecond at
 * which a comparison is another is found by bisection over what will really be computed then; no algebra has to agree
 * with it.
 */
final class Clocks {
    /** Nobody waits for longer than a hundred years. */
    private static final long HORIZON = 100 * 366 * TimeTerm.DAY_MILLIS;
    private static final long NO_NUMBER = 2;

    /** Conditions that turn for all subjects at once. */
    private final List<Node> common = new ArrayList<>();
    private final List<Node> own = new ArrayList<>();

    void add(DayTime time) {
        common.add(time);
    }

    /** A comparison; nothing comes of one in which no time is. */
    void add(Node.Comparison comparison) {
        add(comparison, List.of(comparison.left(), comparison.right()));
    }

    void add(Node.Within within) {
        add(within, values(within));
    }

    private void add(Node node, List<Term> terms) {
        if (terms.stream().anyMatch(Clocks::timed)) {
            (terms.stream().allMatch(Clocks::common) ? common : own).add(node);
        }
    }

    /** Whether some of its conditions turn for all subjects at once. */
    boolean hasCommon() {
        return !common.isEmpty();
    }

    boolean isEmpty() {
        return common.isEmpty() && own.isEmpty();
    }

    /** The next instant at which one turns that turns for all at once; {@link Long#MAX_VALUE} for never. */
    long nextForAll(Sight sight) {
        return next(common, sight);
    }

    /** The next instant at which one turns for this subject alone; {@link Long#MAX_VALUE} for never. */
    long next(Sight sight) {
        return next(own, sight);
    }

    private static long next(List<Node> nodes, Sight sight) {
        long next = Long.MAX_VALUE;
        for (Node node : nodes) {
            next = Math.min(next, node instanceof DayTime time ? time.turns(sight.now) : turns(node, sight));
        }
        return next;
    }

    /** Everything that is compared in it. */
    static List<Term> values(Node.Within within) {
        List<Term> values = new ArrayList<>();
        values.add(within.value());
        for (Node.Range range : within.ranges()) {
            values.add(range.from());
            Term to = range.to();
            if (to != null) {
                values.add(to);
            }
        }
        return values;
    }

    private static long turns(Node node, Sight sight) {
        List<Term> values = switch (node) {
            case Node.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Node.Within within -> values(within);
            case Node.AllOf _,Node.AnyOf _,Node.Not _,Node.Hold _,Node.Threshold _,Node.Outward _ ->
                throw new IllegalStateException("no comparison: " + node);
        };
        long even = Long.MAX_VALUE;
        boolean grows = false;
        for (Term value : values) {
            even = Math.min(even, evenUntil(value, sight));
            grows |= grows(value);
        }
        return grows ? first(sight, even, at -> signs(values, sight, at)) : even;
    }

    /** The first instant at which something is another than now; {@code even} if it stays the same before that. */
    private static long first(Sight sight, long even, LongFunction<List<Long>> seen) {
        long last = Math.min(even, sight.now + HORIZON) - 1;
        List<Long> now = seen.apply(sight.now);
        if (last <= sight.now || seen.apply(last).equals(now)) {
            return even;
        }
        long low = sight.now;
        long high = last;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (seen.apply(middle).equals(now)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** How the first value compares with each of the others at a later time, with everything else as it is now. */
    private static List<Long> signs(List<Term> values, Sight sight, long at) {
        List<Long> signs = new ArrayList<>();
        sight.ahead = at - sight.now;
        Term.Values first = values.getFirst().values(sight);
        for (Term other : values.subList(1, values.size())) {
            for (Term.Pair pair : Term.pairs(first, other.values(sight))) {
                signs.add(sign(pair.left().value(), pair.right().value()));
            }
        }
        sight.ahead = 0;
        return signs;
    }

    private static long sign(Scalar left, Scalar right) {
        if (left instanceof Scalar.Quantity(double a) && right instanceof Scalar.Quantity(double b)) {
            return a < b ? -1 : a > b ? 1 : a == b ? 0 : NO_NUMBER;
        }
        return NO_NUMBER;
    }

    /** How many times the right side of a remainder went into its left one: where that changes, the remainder jumps. */
    private static List<Long> times(Term.Calculated remainder, Sight sight, long at) {
        List<Long> times = new ArrayList<>();
        sight.ahead = at - sight.now;
        for (Term.Pair pair : Term.pairs(remainder.left().values(sight), remainder.right().values(sight))) {
            if (pair.left().value() instanceof Scalar.Quantity(double a)
                    && pair.right().value() instanceof Scalar.Quantity(double b)) {
                times.add(Math.round((a - a % b) / b));
            }
        }
        sight.ahead = 0;
        return times;
    }

    private static long evenUntil(Term term, Sight sight) {
        long even = term instanceof TimeTerm time ? time.evenUntil(sight) : Long.MAX_VALUE;
        for (Term part : parts(term)) {
            even = Math.min(even, evenUntil(part, sight));
        }
        return term instanceof Term.Calculated calculated && calculated.op() == ArithmeticOp.MODULO && grows(term)
                ? first(sight, even, at -> times(calculated, sight, at))
                : even;
    }

    private static boolean timed(Term term) {
        return term instanceof TimeTerm || parts(term).stream().anyMatch(Clocks::timed);
    }

    private static boolean grows(Term term) {
        return (term instanceof TimeTerm time && time.grows()) || parts(term).stream().anyMatch(Clocks::grows);
    }

    /** Whether it is the same for every subject. */
    private static boolean common(Term term) {
        return term instanceof TimeTerm.Now || term instanceof TimeTerm.Weekday || term instanceof Term.Fixed
                || (!parts(term).isEmpty() && parts(term).stream().allMatch(Clocks::common));
    }

    /** What a value is made of. */
    static List<Term> parts(Term term) {
        return switch (term) {
            case Term.Calculated calculated -> List.of(calculated.left(), calculated.right());
            case Term.Negated negated -> List.of(negated.operand());
            case Term.AcrossTerm across -> List.of(across.of());
            case Term.Fixed _,Term.SeriesTerm _,Term.EventTerm _,Term.MatchedTerm _,Term.LabelTerm _,Term.EntityTerm _,Term.Outward _ ->
                List.of();
        };
    }
}
