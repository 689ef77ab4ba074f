package io.prunella.ruler.explain;

import java.util.List;
import java.util.Optional;

/** What there is to say to a {@link Question}. */
public sealed interface Answer {

    /** One for each subject that was meant, in the order of their names; at least one. */
    record Explained(List<Explanation> explanations) implements Answer {
        public Explained {
            explanations = List.copyOf(explanations);
        }
    }

    /**
     * No rule of that name is in force.
     *
     * @param rules the names that there are
     */
    record NoSuchRule(String rule, Optional<String> nearest, List<String> rules) implements Answer {
        public NoSuchRule {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The name is that of something that fires nothing itself.
     *
     * @param rules the names of the rules that there are
     */
    record NoRule(String name, Kind kind, List<String> rules) implements Answer {
        public NoRule {
            rules = List.copyOf(rules);
        }

        /** What it is. */
        public enum Kind {
            GUARD, SUPPRESSION
        }
    }

    /**
     * No record up to the instant has named such a subject.
     *
     * @param asked as asked
     * @param by the labels by which the rule tells its subjects apart
     * @param nearest the most similar name of a subject that there is
     * @param known how many subjects there are
     */
    record NoSuchSubject(String rule, String asked, List<String> by, Optional<String> nearest, int known)
            implements
                Answer {
        public NoSuchSubject {
            by = List.copyOf(by);
        }
    }
}
