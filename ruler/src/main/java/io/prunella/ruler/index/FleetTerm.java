package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.ruler.Scalar;
import java.util.List;

/** Values of other entities than the subject's. */
sealed interface FleetTerm extends Term.Outward {

    /** How many of the fleet, or which part of those of whom it is known. */
    record Counted(Pool pool, Count count, String text) implements FleetTerm {
        @Override
        public Values values(Sight sight) {
            List<String> part = sight.part;
            if (part == null) {
                part = Fleet.values(sight.subjects, sight.subject, pool.by);
                pool.of(part).lookedAt(sight.subjects, sight.subject, pool.by);
            }
            return count.of(pool.of(part));
        }

        /** What is counted for the subject. */
        Tally tally(Sight sight) {
            return pool.of(Fleet.values(sight.subjects, sight.subject, pool.by));
        }

        @Override
        public String name() {
            return text;
        }
    }

    /** The same of those that stand so to the subject's entity. */
    record Related(Census census, EntitySet set, Count count, String text) implements FleetTerm {
        @Override
        public Values values(Sight sight) {
            return count.of(census.of(set, sight.subjects.entityOf(sight.subject)));
        }

        @Override
        public String name() {
            return text;
        }
    }

    /** Those right above the subject's entity. */
    record Parents() implements FleetTerm {
        @Override
        public Values values(Sight sight) {
            List<String> parents = sight.subjects.beyond.topology
                    .parents(sight.subjects.entityOf(sight.subject));
            return new Values(false, false, parents.stream()
                    .map(parent -> new Item("", new Scalar.Text(parent), List.<Source>of())).toList());
        }

        @Override
        public String name() {
            return "parent";
        }
    }

    /** What is made of a tally. */
    enum Count {
        /** How many there are. */
        MEMBERS,
        /** Of how many it is true. */
        TRUES,
        /** Which part of those of whom it is known. */
        FRACTION;

        static Count of(ValueTerm.Counted written) {
            return switch (written.counting()) {
                case COUNT -> written.where().isEmpty() ? MEMBERS : TRUES;
                case FRACTION -> FRACTION;
            };
        }

        Term.Values of(Tally tally) {
            return switch (this) {
                case MEMBERS -> Term.Values.one(new Scalar.Quantity(tally.members));
                case TRUES -> Term.Values.one(new Scalar.Quantity(tally.trues));
                case FRACTION -> tally.known == 0
                        ? Term.Values.NONE
                        : Term.Values.one(new Scalar.Quantity((double) tally.trues / tally.known));
            };
        }
    }
}
