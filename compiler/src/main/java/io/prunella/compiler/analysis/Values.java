package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Expr.CompareOp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which values something may have, as far as conditions say. */
sealed interface Values {

    /** Values of both; of two kinds, the first, which is never less. */
    Values and(Values other);

    /** Whether surely no value is left. */
    boolean isEmpty();

    /** Whether, where it is not {@link #isEmpty}, a value is surely left. */
    boolean isSure();

    /**
     * Numbers, infinities among them, as intervals that neither touch nor overlap, in order.
     *
     * @param nan whether NaN is one of them
     * @param whole whether only whole numbers count
     */
    record Numbers(List<Interval> parts, boolean nan, boolean whole) implements Values {
        private static final Interval LINE = new Interval(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY,
                false);
        static final Numbers ALL = new Numbers(List.of(LINE), true, false);
        static final Numbers NONE = new Numbers(List.of(), false, false);

        public Numbers {
            parts = List.copyOf(parts);
        }

        /** Numbers that compare so with {@code bound}; NaN differs from everything and compares in no other way. */
        static Numbers of(CompareOp op, double bound) {
            double least = Double.NEGATIVE_INFINITY;
            double most = Double.POSITIVE_INFINITY;
            return switch (op) {
                case GT -> between(bound, true, most, false);
                case GE -> between(bound, false, most, false);
                case LT -> between(least, false, bound, true);
                case LE -> between(least, false, bound, false);
                case EQ -> between(bound, false, bound, false);
                case NE -> between(bound, false, bound, false).complement();
                case MATCHES, NOT_MATCHES -> ALL;
            };
        }

        static Numbers between(double low, boolean lowOpen, double high, boolean highOpen) {
            Interval one = new Interval(low, lowOpen, high, highOpen);
            return one.isEmpty() ? NONE : new Numbers(List.of(one), false, false);
        }

        Numbers wholeOnly() {
            return new Numbers(parts, nan, true);
        }

        Numbers withoutNan() {
            return new Numbers(parts, false, whole);
        }

        Numbers withNan() {
            return new Numbers(parts, true, whole);
        }

        /** All other numbers, and NaN if it is not one of these. */
        Numbers complement() {
            List<Interval> rest = new ArrayList<>();
            Interval left = LINE;
            for (Interval part : parts) {
                Interval before = new Interval(left.low(), left.lowOpen(), part.low(), !part.lowOpen());
                if (!before.isEmpty()) {
                    rest.add(before);
                }
                left = new Interval(part.high(), !part.highOpen(), LINE.high(), false);
            }
            if (!left.isEmpty()) {
                rest.add(left);
            }
            return new Numbers(rest, !nan, whole);
        }

        Numbers or(Numbers other) {
            List<Interval> all = new ArrayList<>(parts);
            all.addAll(other.parts);
            all.sort(Comparator.comparingDouble(Interval::low).thenComparing(Interval::lowOpen));
            List<Interval> merged = new ArrayList<>();
            for (Interval next : all) {
                if (!merged.isEmpty() && merged.getLast().meets(next)) {
                    merged.add(merged.removeLast().through(next));
                } else {
                    merged.add(next);
                }
            }
            return new Numbers(merged, nan || other.nan, whole && other.whole);
        }

        @Override
        public Values and(Values other) {
            if (!(other instanceof Numbers numbers)) {
                return this;
            }
            List<Interval> both = new ArrayList<>();
            for (Interval a : parts) {
                for (Interval b : numbers.parts) {
                    Interval shared = a.and(b);
                    if (!shared.isEmpty()) {
                        both.add(shared);
                    }
                }
            }
            return new Numbers(both, nan && numbers.nan, whole || numbers.whole);
        }

        @Override
        public boolean isEmpty() {
            return !nan && parts.stream().noneMatch(part -> !whole || part.hasWhole());
        }

        @Override
        public boolean isSure() {
            return true;
        }
    }

    /** Numbers from {@code low} to {@code high}; an open end is not one of them. */
    record Interval(double low, boolean lowOpen, double high, boolean highOpen) {
        boolean isEmpty() {
            return low > high || (low == high && (lowOpen || highOpen));
        }

        boolean hasWhole() {
            double first = Math.ceil(low);
            double least = lowOpen && first == low ? first + 1 : first;
            return highOpen ? least < high : least <= high;
        }

        // For one that does not begin before this.
        boolean meets(Interval next) {
            return next.low < high || (next.low == high && !(next.lowOpen && highOpen));
        }

        Interval through(Interval next) {
            boolean further = next.high > high || (next.high == high && highOpen);
            return new Interval(low, lowOpen, further ? next.high : high, further ? next.highOpen : highOpen);
        }

        Interval and(Interval other) {
            boolean takeLow = other.low > low || (other.low == low && other.lowOpen);
            boolean takeHigh = other.high < high || (other.high == high && other.highOpen);
            return new Interval(takeLow ? other.low : low, takeLow ? other.lowOpen : lowOpen,
                    takeHigh ? other.high : high, takeHigh ? other.highOpen : highOpen);
        }
    }

    /**
     * Texts.
     *
     * @param only all there may be; empty for any
     * @param not which of them are out
     * @param like patterns that match them all
     * @param unlike patterns that match none of them
     */
    record Texts(Optional<Set<String>> only, Set<String> not, Set<String> like, Set<String> unlike)
            implements
                Values {
        static final Texts ALL = new Texts(Optional.empty(), Set.of(), Set.of(), Set.of());
        static final Texts TRUTH = only(Set.of("true", "false"));

        public Texts {
            only = only.map(Set::copyOf);
            not = Set.copyOf(not);
            like = Set.copyOf(like);
            unlike = Set.copyOf(unlike);
        }

        static Texts only(Set<String> texts) {
            return new Texts(Optional.of(texts), Set.of(), Set.of(), Set.of());
        }

        static Texts not(Set<String> texts) {
            return new Texts(Optional.empty(), texts, Set.of(), Set.of());
        }

        static Texts like(String pattern) {
            return plain(pattern).map(Texts::only)
                    .orElseGet(() -> new Texts(Optional.empty(), Set.of(), Set.of(pattern), Set.of()));
        }

        static Texts unlike(String pattern) {
            return plain(pattern).map(Texts::not)
                    .orElseGet(() -> new Texts(Optional.empty(), Set.of(), Set.of(), Set.of(pattern)));
        }

        // Alternatives without anything else that means something in a pattern.
        private static Optional<Set<String>> plain(String pattern) {
            return pattern.matches("[A-Za-z0-9_ /:-]+(\\|[A-Za-z0-9_ /:-]+)*")
                    ? Optional.of(new HashSet<>(List.of(pattern.split("\\|", -1))))
                    : Optional.empty();
        }

        @Override
        public Values and(Values other) {
            if (!(other instanceof Texts texts)) {
                return this;
            }
            Optional<Set<String>> both = only.isPresent() && texts.only.isPresent()
                    ? Optional.of(shared(only.get(), texts.only.get()))
                    : only.or(texts::only);
            return new Texts(both, union(not, texts.not), union(like, texts.like), union(unlike, texts.unlike));
        }

        @Override
        public boolean isEmpty() {
            return only.isPresent()
                    ? only.get().stream().noneMatch(this::fits)
                    : like.stream().anyMatch(unlike::contains);
        }

        @Override
        public boolean isSure() {
            return only.isPresent() || like.isEmpty();
        }

        private boolean fits(String text) {
            return !not.contains(text) && like.stream().allMatch(p -> Patterns.matches(p, text))
                    && unlike.stream().noneMatch(p -> Patterns.matches(p, text));
        }

        private static Set<String> shared(Set<String> a, Set<String> b) {
            Set<String> both = new HashSet<>(a);
            both.retainAll(b);
            return both;
        }

        private static Set<String> union(Set<String> a, Set<String> b) {
            if (b.isEmpty()) {
                return a;
            }
            Set<String> both = new HashSet<>(a);
            both.addAll(b);
            return both;
        }
    }
}
