package io.prunella.ruler.index;

import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.ValueTerm.Aggregation;
import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.window.RangeFunctions;
import io.prunella.ruler.window.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a condition, bound to the numbers of the index. */
sealed interface Term {
    int[] NONE = {};

    Values values(Sight sight);

    /**
     * What a term has for a subject: one value for all, or one for each series.
     *
     * @param perSeries whether series have to be paired
     * @param awaited whether a series that was valid has not sent a newer sample yet, so that nothing can be said
     */
    record Values(boolean perSeries, boolean awaited, List<Item> items) {
        static final Values NONE = new Values(false, false, List.of());

        static Values one(Scalar value) {
            return new Values(false, false, List.of(new Item("", value, List.of())));
        }
    }

    /**
     * One value.
     *
     * @param key entity and labels of the series, equal for those that pair
     * @param sources the series that it was computed from, with the value each gave
     */
    record Item(String key, Scalar value, List<Source> sources) {}

    record Source(SeriesTerm term, int series, double value) {}

    /** A value from beyond the subject's series. */
    sealed interface Outward extends Term permits TimeTerm, FleetTerm, DecisionTerm {

        /** As it is called where a firing tells why. */
        String name();

        /** As it is told there. */
        default Scalar printed(Scalar value) {
            return value;
        }
    }

    record Fixed(Scalar value) implements Term {
        @Override
        public Values values(Sight sight) {
            return Values.one(value);
        }
    }

    /**
     * The newest values of a selector's series.
     *
     * @param metric what rules ask of it: of a window its function, of which the series have no number of their own
     * @param guarded whether a value above 2 made it unknown for good
     */
    record SeriesTerm(int slot, int metric, long staleMillis, boolean percent, boolean guarded,
            SeriesSelector selector, @Nullable Window window, @Nullable Gathering gathering)
            implements
                Term {

        boolean poisoned(Sight sight) {
            return guarded && gathering == null && sight.subjects.poisoned(sight.subject, sampled());
        }

        /** The metric whose samples are asked for in the end. */
        int sampled() {
            return window == null ? metric : window.asked().metric();
        }

        /** As written. */
        String text() {
            return window == null ? selector.text() : window.text();
        }

        double value(Sight sight, int series) {
            if (window != null && sight.newerThan != Long.MIN_VALUE) {
                Double newer = sight.series.windows.newer(series, window.asked(), sight.now, sight.newerThan);
                return newer == null ? Double.NaN : newer;
            }
            if (window != null) {
                return sight.series.windows.value(series, window.asked());
            }
            double sent = sight.series.value(series);
            return percent ? Decimal.ratioOfPercent(sent) : sent;
        }

        Standing standing(Sight sight, int series) {
            if (gathering != null && guarded && gathering.poisoned(series, sampled())) {
                return Standing.ABSENT;
            }
            if (window != null) {
                return window.standing(sight, series);
            }
            long ts = sight.series.ts(series);
            if (ts > sight.newerThan) {
                return sight.now - ts < staleMillis ? Standing.VALID : Standing.ABSENT;
            }
            return ts != SeriesStore.NEVER && sight.newerThan - ts < staleMillis ? Standing.AWAITED : Standing.ABSENT;
        }

        /** All series that are meant for the subject, whether valid or not. */
        int[] all(Sight sight) {
            if (gathering != null) {
                return gathering.of(sight.subjects, sight.subject);
            }
            int code = sight.subjects.sole(sight.subject, slot);
            return code == -1 ? NONE : code >= 0 ? new int[]{code} : sight.subjects.several(code);
        }

        /** Whether there is nothing valid although the subject once had a value. */
        boolean lost(Sight sight) {
            boolean had = false;
            for (int series : all(sight)) {
                if (standing(sight, series) == Standing.VALID && !poisoned(sight)) {
                    return false;
                }
                had |= sight.series.ts(series) != SeriesStore.NEVER;
            }
            return had;
        }

        @Override
        public Values values(Sight sight) {
            List<Item> items = new ArrayList<>();
            boolean awaited = false;
            for (int series : poisoned(sight) ? NONE : all(sight)) {
                switch (standing(sight, series)) {
                    case VALID -> {
                        double value = value(sight, series);
                        items.add(new Item(sight.series.entity[series] + " " + sight.series.labels[series],
                                new Scalar.Quantity(value), List.of(new Source(this, series, value))));
                    }
                    case AWAITED -> awaited = true;
                    case ABSENT -> {
                    }
                }
            }
            return new Values(true, awaited, items);
        }
    }

    /** A function of the samples of a window. */
    record Window(WindowPlan.Asked asked, String text) {
        Standing standing(Sight sight, int series) {
            if (sight.newerThan == Long.MIN_VALUE) {
                return sight.series.windows.has(series, asked) ? Standing.VALID : Standing.ABSENT;
            }
            if (sight.series.windows.newer(series, asked, sight.now, sight.newerThan) != null) {
                return Standing.VALID;
            }
            long ts = sight.series.ts(series);
            return ts > sight.newerThan || sight.newerThan - ts < asked.windowMillis()
                    ? Standing.AWAITED
                    : Standing.ABSENT;
        }
    }

    /** One value out of those of several series; none out of none. */
    record AcrossTerm(Term of, Aggregation aggregation, String text) implements Term {
        @Override
        public Values values(Sight sight) {
            if (!(of instanceof SeriesTerm series) || series.gathering() == null
                    || sight.newerThan != Long.MIN_VALUE) {
                return computed(sight);
            }
            // The same for all who share the labels, until one of the series changes.
            Gathering.Group group = series.gathering().group(sight.subjects, sight.subject);
            Values made = group.made;
            if (made == null) {
                made = computed(sight);
                group.made = made;
            }
            return made;
        }

        private Values computed(Sight sight) {
            Values values = of.values(sight);
            if (values.items().isEmpty()) {
                return new Values(false, values.awaited(), List.of());
            }
            Samples samples = new Samples();
            List<Source> sources = new ArrayList<>();
            for (Item item : values.items()) {
                samples.add(samples.size(), Comparing.number(item.value()));
                sources.addAll(item.sources());
            }
            double result = new RangeFunctions().of(switch (aggregation) {
                case SUM -> RangeFunction.SUM;
                case AVG -> RangeFunction.AVG;
                case MIN -> RangeFunction.MIN;
                case MAX -> RangeFunction.MAX;
                case COUNT -> RangeFunction.COUNT;
            }, samples, 0, 0, 0);
            return new Values(false, values.awaited(), List.of(new Item("", new Scalar.Quantity(result), sources)));
        }
    }

    enum Standing {
        VALID, ABSENT, AWAITED
    }

    /** An attribute of the event that is being judged; its labels under {@code labels}. */
    record EventTerm(List<String> path) implements Term {
        @Override
        public Values values(Sight sight) {
            OpenEvent event = sight.event;
            return event == null ? Values.NONE : of(path, event.seen()).map(Values::one).orElse(Values.NONE);
        }

        private static Optional<Scalar> of(List<String> path, EventSeen seen) {
            if (path.size() == 2 && path.get(0).equals("labels")) {
                return Optional.of(new Scalar.Text(seen.labels().getOrDefault(path.get(1), "")));
            }
            String name = String.join(".", path);
            Scalar attribute = seen.attributes().get(name);
            if (attribute != null) {
                return Optional.of(attribute);
            }
            return switch (name) {
                case "id" -> seen.id().map(Scalar.Text::new);
                case "type" -> Optional.of(new Scalar.Text(seen.type()));
                case "entity" -> Optional.of(new Scalar.Text(seen.entity()));
                case String _ -> Optional.empty();
            };
        }
    }

    /** The same of an event of a match that the trigger gives a name. */
    record MatchedTerm(String alias, List<String> path) implements Term {
        @Override
        public Values values(Sight sight) {
            OpenEvent event = sight.event;
            EventSeen seen = event == null ? null : event.named().get(alias);
            return seen == null ? Values.NONE : EventTerm.of(path, seen).map(Values::one).orElse(Values.NONE);
        }
    }

    record LabelTerm(String name) implements Term {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Text(sight.subjects.label(sight.subject, name)));
        }
    }

    record EntityTerm() implements Term {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Text(sight.subjects.entityOf(sight.subject)));
        }
    }

    record Calculated(Term left, ArithmeticOp op, Term right) implements Term {
        @Override
        public Values values(Sight sight) {
            Values lefts = left.values(sight);
            Values rights = right.values(sight);
            List<Item> items = new ArrayList<>();
            for (Pair pair : pairs(lefts, rights)) {
                Item result = calculate(pair);
                if (result != null) {
                    items.add(result);
                }
            }
            return new Values(lefts.perSeries() || rights.perSeries(), lefts.awaited() || rights.awaited(), items);
        }

        private @Nullable Item calculate(Pair pair) {
            List<Source> sources = new ArrayList<>(pair.left().sources());
            sources.addAll(pair.right().sources());
            try {
                double a = Comparing.number(pair.left().value());
                double b = Comparing.number(pair.right().value());
                double result = switch (op) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case MODULO -> a % b;
                };
                return new Item(pair.key(), new Scalar.Quantity(result), sources);
            } catch (NumberFormatException _) {
                return null;
            }
        }
    }

    record Negated(Term operand) implements Term {
        @Override
        public Values values(Sight sight) {
            Values values = new Calculated(new Fixed(new Scalar.Quantity(-1)), ArithmeticOp.MULTIPLY, operand)
                    .values(sight);
            return values;
        }
    }

    /** Two values that belong together; {@code key} is that of what comes of them. */
    record Pair(String key, Item left, Item right) {}

    /**
     * Series pair when all their labels but the name are equal; a side with exactly one, and one that is no series,
     * pairs with each; the rest drop out.
     */
    static List<Pair> pairs(Values lefts, Values rights) {
        List<Pair> pairs = new ArrayList<>();
        boolean single = !lefts.perSeries() || !rights.perSeries() || lefts.items().size() == 1
                || rights.items().size() == 1;
        for (Item left : lefts.items()) {
            for (Item right : rights.items()) {
                if (single || left.key().equals(right.key())) {
                    boolean ofRight = !lefts.perSeries() || (rights.perSeries() && rights.items().size() > 1);
                    pairs.add(new Pair(ofRight ? right.key() : left.key(), left, right));
                }
            }
        }
        return pairs;
    }
}
