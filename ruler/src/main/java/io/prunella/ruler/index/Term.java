package io.prunella.ruler.index;

import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a condition, bound to the numbers of the index. */
sealed interface Term {

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
    sealed interface Outward extends Term permits TimeTerm, FleetTerm {

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
     * @param guarded whether a value above 2 made it unknown for good
     */
    record SeriesTerm(int slot, int metric, long staleMillis, boolean percent, boolean guarded,
            SeriesSelector selector)
            implements
                Term {

        boolean poisoned(Sight sight) {
            return guarded && sight.subjects.poisoned(sight.subject, metric);
        }

        double value(Sight sight, int series) {
            double sent = sight.series.value[series];
            return percent ? Decimal.ratioOfPercent(sent) : sent;
        }

        Standing standing(Sight sight, int series) {
            long ts = sight.series.ts[series];
            if (ts > sight.newerThan) {
                return sight.now - ts < staleMillis ? Standing.VALID : Standing.ABSENT;
            }
            return ts != SeriesStore.NEVER && sight.newerThan - ts < staleMillis ? Standing.AWAITED : Standing.ABSENT;
        }

        /** Whether there is nothing valid although the subject once had a value. */
        boolean lost(Sight sight) {
            boolean had = false;
            int code = sight.subjects.sole(sight.subject, slot);
            int count = code == -1 ? 0 : code >= 0 ? 1 : sight.subjects.several(code).length;
            for (int i = 0; i < count; i++) {
                int series = code >= 0 ? code : sight.subjects.several(code)[i];
                if (standing(sight, series) == Standing.VALID && !poisoned(sight)) {
                    return false;
                }
                had |= sight.series.ts[series] != SeriesStore.NEVER;
            }
            return had;
        }

        @Override
        public Values values(Sight sight) {
            List<Item> items = new ArrayList<>();
            boolean awaited = false;
            int code = sight.subjects.sole(sight.subject, slot);
            int count = code == -1 || poisoned(sight) ? 0 : code >= 0 ? 1 : sight.subjects.several(code).length;
            for (int i = 0; i < count; i++) {
                int series = code >= 0 ? code : sight.subjects.several(code)[i];
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

    /** How many heals are in flight that a guard means. */
    record HealsCounted(HealFilter filter, String text) implements Term {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Quantity(sight.heals.count(filter, sight.now)));
        }
    }

    /** The severity of the cause of a suppression, or of what it may suppress. */
    record Severity(boolean ofCause) implements Term {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Quantity(ofCause ? sight.severityOfCause : sight.severityOfThis));
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
