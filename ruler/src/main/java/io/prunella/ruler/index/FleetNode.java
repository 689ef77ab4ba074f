package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.plan.Truth;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.explain.Compared.Side;
import java.util.List;
import java.util.Optional;

/** Conditions on other entities than the subject's, and on the subject's being there. */
sealed interface FleetNode extends Node.Outward {

    String text();

    @Override
    default Compared told(Sight sight) {
        Truth truth = truth(sight);
        Side told = new Side(Optional.of(text()), new Scalar.Flag(truth == Truth.TRUE), examples(sight));
        return new Compared(truth, told, "==", Optional.of(Side.fixed(new Scalar.Flag(true))));
    }

    /** Some of those of whom it is true. */
    default List<Compared.Reading> examples(Sight sight) {
        return List.of();
    }

    /** What is asked of each of those that stand so to the subject's entity. */
    record Over(Census census, EntitySet set, Quantifier quantifier, String text) implements FleetNode {
        private static final int MOST_EXAMPLES = 10;

        @Override
        public Truth truth(Sight sight) {
            Tally tally = tally(sight);
            return switch (quantifier) {
                case ANY -> tally.any();
                case ALL -> tally.all();
            };
        }

        Tally tally(Sight sight) {
            return set == EntitySet.NODES ? census.of(set, "") : census.of(set, sight.subjects.entityOf(sight.subject));
        }

        @Override
        public boolean lost(Sight sight) {
            return tally(sight).lost > 0;
        }

        @Override
        public List<Compared.Reading> examples(Sight sight) {
            String entity = set == EntitySet.NODES ? "" : sight.subjects.entityOf(sight.subject);
            return census.examples(set, entity, MOST_EXAMPLES).stream()
                    .map(one -> new Compared.Reading(text, 1, one, one, sight.now, Long.MAX_VALUE, Optional.empty(),
                            List.of()))
                    .toList();
        }
    }

    /** The entity is in the inventory and has no valid such series. */
    record Absent(Term.SeriesTerm series, String text) implements FleetNode {
        @Override
        public Truth truth(Sight sight) {
            String entity = sight.subjects.entityOf(sight.subject);
            if (!sight.subjects.beyond.fleet.present(entity)) {
                return Truth.FALSE;
            }
            if (series.poisoned(sight)) {
                return Truth.UNKNOWN;
            }
            Term.Values values = series.values(sight);
            return values.awaited() ? Truth.UNKNOWN : Truth.of(values.items().isEmpty());
        }

        @Override
        public boolean lost(Sight sight) {
            return true;
        }
    }
}
