package io.prunella.bench.trial;

import io.prunella.bench.workload.Firings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured of one case: of each contender the outcome of every round, or nothing where it broke down. */
record Section(Case ran, Firings oracle, Map<String, List<Optional<Outcome>>> outcomes) {
    Section(Case ran, Firings oracle) {
        this(ran, oracle, new LinkedHashMap<>());
    }

    void add(String contender, Optional<Outcome> outcome) {
        outcomes.computeIfAbsent(contender, _ -> new ArrayList<>()).add(outcome);
    }

    /** Whether just those rules fired that should have. */
    boolean agrees(Outcome outcome) {
        return outcome.firings() == oracle.count() && outcome.checksum() == oracle.checksum();
    }

    /** Its outcomes by round; empty when one of them was not what the oracle says. */
    List<Outcome> valid(String contender) {
        List<Optional<Outcome>> all = outcomes.getOrDefault(contender, List.of());
        return all.stream().allMatch(one -> one.filter(this::agrees).isPresent())
                ? all.stream().flatMap(Optional::stream).toList()
                : List.of();
    }
}
