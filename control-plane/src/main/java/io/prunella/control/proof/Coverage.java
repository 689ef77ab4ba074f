package io.prunella.control.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What tests have seen of rules, in the order of the rules.
 *
 * <p>Each comparison counts twice, once for having been true and once for having been false in some test; having been
 * unknown is told and not counted, since only missing data makes it so. Each outcome that the rule provides for counts
 * once; others that happened are told and not counted.
 */
public record Coverage(List<OfRule> rules) {
    public Coverage {
        rules = List.copyOf(rules);
    }

    /**
     * Of one rule.
     *
     * @param pack the pack's name
     * @param digest of the pack, which tells packs of one name apart
     * @param legs the comparisons, in the order written
     */
    public record OfRule(String pack, String digest, String rule, List<Leg> legs, List<Outcome> outcomes) {
        public OfRule {
            legs = List.copyOf(legs);
            outcomes = List.copyOf(outcomes);
        }

        private OfRule and(OfRule same) {
            List<Leg> bothLegs = new ArrayList<>();
            for (int i = 0; i < legs.size(); i++) {
                bothLegs.add(legs.get(i).and(same.legs.get(i)));
            }
            Map<String, Outcome> bothOutcomes = new LinkedHashMap<>();
            Stream.concat(outcomes.stream(), same.outcomes.stream())
                    .forEach(outcome -> bothOutcomes.merge(outcome.name(), outcome, Outcome::and));
            return new OfRule(pack, digest, rule, bothLegs, List.copyOf(bothOutcomes.values()));
        }

        /** How much there is to be seen. */
        public int all() {
            return 2 * legs.size() + (int) outcomes.stream().filter(Outcome::counts).count();
        }

        /** How much of that was. */
        public int seen() {
            return legs.stream().mapToInt(leg -> (leg.seenTrue() ? 1 : 0) + (leg.seenFalse() ? 1 : 0)).sum()
                    + (int) outcomes.stream().filter(outcome -> outcome.counts() && outcome.times() > 0).count();
        }
    }

    /**
     * A comparison.
     *
     * @param id its clause and its number there, {@code when[0]}
     * @param text as written
     */
    public record Leg(String id, String text, boolean seenTrue, boolean seenFalse, boolean seenUnknown) {
        private Leg and(Leg same) {
            return new Leg(id, text, seenTrue || same.seenTrue, seenFalse || same.seenFalse,
                    seenUnknown || same.seenUnknown);
        }
    }

    /**
     * Something that can become of a rule in a test.
     *
     * @param name {@code fires}, {@code does not fire}, or a result
     * @param counts whether the rule provides for it
     * @param times how often it happened
     */
    public record Outcome(String name, boolean counts, long times) {
        private Outcome and(Outcome same) {
            return new Outcome(name, counts, times + same.times);
        }
    }

    /** Both: what either has seen of a rule was seen. */
    public Coverage and(Coverage other) {
        Map<String, OfRule> both = new LinkedHashMap<>();
        Stream.concat(rules.stream(), other.rules.stream())
                .forEach(rule -> both.merge(rule.digest() + "\n" + rule.rule(), rule, OfRule::and));
        return new Coverage(List.copyOf(both.values()));
    }

    /** How much there is to be seen. */
    public int all() {
        return stream().mapToInt(OfRule::all).sum();
    }

    /** How much of that was. */
    public int seen() {
        return stream().mapToInt(OfRule::seen).sum();
    }

    /** In whole percent, rounded down, so that 100 means all; 100 where there is nothing to be seen. */
    public int percent() {
        return all() == 0 ? 100 : (int) (100L * seen() / all());
    }

    private Stream<OfRule> stream() {
        return rules.stream();
    }
}
