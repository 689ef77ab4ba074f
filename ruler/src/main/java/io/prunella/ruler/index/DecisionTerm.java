package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm.Party;
import io.prunella.ruler.Scalar;
import java.util.Locale;

/** What only guards and suppressions ask, and only when something is decided. */
sealed interface DecisionTerm extends Term.Outward {

    /** How many heals are in flight that a guard means. */
    record InFlight(Heals heals, HealFilter filter, String name) implements DecisionTerm {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Quantity(heals.count(filter, sight.now)));
        }
    }

    /** The rank of the severity of a cause, or of what it may suppress. */
    record Severity(Party party) implements DecisionTerm {
        @Override
        public Values values(Sight sight) {
            return Values.one(new Scalar.Quantity(switch (party) {
                case CAUSE -> sight.severityOfCause;
                case THIS -> sight.severityOfThis;
            }));
        }

        @Override
        public String name() {
            return "severity(" + party.name().toLowerCase(Locale.ROOT) + ")";
        }
    }
}
