package io.prunella.ruler.backtest;

import io.prunella.plan.Truth;
import io.prunella.ruler.Printed;
import io.prunella.ruler.explain.Branch;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.WhyNot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why one pack fired where the other was silent: by the comparison that was true in one and not in the other. */
final class DecisiveLeg {
    private static final int MOST_VALUES = 3;
    private static final WhyNot WHY_NOT = new WhyNot(DecisiveLeg::time);

    private DecisiveLeg() {}

    /** Whose comparison is named first: the second pack's. */
    enum Order {
        FIRED_FIRST, SILENT_FIRST
    }

    static String time(long epochMillis) {
        return Printed.ts(epochMillis);
    }

    /**
     * Sentences without an end, the weightiest first.
     *
     * @param pack that was silent
     */
    static List<String> between(Optional<Explanation> fired, Optional<Explanation> silent, String pack, Order order) {
        if (silent.isEmpty()) {
            return List.of("in " + pack + " no record had named such a subject");
        }
        Explanation how = silent.get();
        Optional<String> pair = blocking(how.when()).flatMap(leg -> fired.flatMap(f -> like(f.when(), leg))
                .map(other -> sentence(other, leg, order)));
        List<String> reasons = new ArrayList<>();
        pair.ifPresent(reasons::add);
        // What the pair has said already is not said again.
        Optional<String> said = WHY_NOT.leg(how.when());
        for (String reason : WHY_NOT.reasons(how)) {
            if (pair.isEmpty() || !said.equals(Optional.of(reason))) {
                reasons.add("in " + pack + ": " + reason);
            }
        }
        return reasons;
    }

    /** The comparison that alone kept a condition from being true: the first, where all of several have to be. */
    private static Optional<Branch.Leg> blocking(Branch branch) {
        if (branch.truth() == Truth.TRUE) {
            return Optional.empty();
        }
        return switch (branch) {
            case Branch.Leg leg -> Optional.of(leg);
            case Branch.All all -> all.of().stream().filter(inner -> inner.truth() != Truth.TRUE).findFirst()
                    .flatMap(DecisiveLeg::blocking);
            case Branch.Held held -> blocking(held.inner());
            case Branch.Any any -> any.of().size() == 1 ? blocking(any.of().getFirst()) : Optional.empty();
            case Branch.Not _ -> Optional.empty();
        };
    }

    /** The same comparison in the other pack, if it was true there: by its place, else by what it reads. */
    private static Optional<Branch.Leg> like(Branch fired, Branch.Leg leg) {
        List<Branch.Leg> legs = fired.legs().filter(other -> other.truth() == Truth.TRUE).toList();
        return legs.stream().filter(other -> other.id().equals(leg.id())).findFirst()
                .or(() -> legs.stream().filter(other -> terms(other).equals(terms(leg)) && !terms(leg).isEmpty())
                        .findFirst());
    }

    private static List<String> terms(Branch.Leg leg) {
        return leg.compared().stream().flatMap(pair -> pair.left().term().stream()).distinct().toList();
    }

    private static String sentence(Branch.Leg fired, Branch.Leg silent, Order order) {
        return switch (order) {
            case FIRED_FIRST ->
                "`" + fired.text() + "` was true" + values(fired) + ", in A `" + silent.text() + "` was "
                        + silent.truth().name().toLowerCase(Locale.ROOT) + differing(fired, silent);
            case SILENT_FIRST -> "`" + silent.text() + "` was " + silent.truth().name().toLowerCase(Locale.ROOT)
                    + values(silent) + ", in A `" + fired.text() + "` was true" + differing(silent, fired);
        };
    }

    /** The values of the second comparison, where they are not those of the first. */
    private static String differing(Branch.Leg first, Branch.Leg second) {
        String values = values(second);
        return values.equals(values(first)) ? "" : values;
    }

    /** {@code (0.93)}, or what was missing. */
    private static String values(Branch.Leg leg) {
        List<String> values = leg.compared().stream().filter(pair -> pair.truth() == leg.truth())
                .map(DecisiveLeg::value)
                .distinct().limit(MOST_VALUES).toList();
        if (!values.isEmpty()) {
            return " (" + String.join(", ", values) + ")";
        }
        return leg.lacks().isEmpty()
                ? ""
                : leg.lacks().stream().map(WHY_NOT::lack).distinct().collect(Collectors.joining(", ", " (", ")"));
    }

    private static String value(Compared pair) {
        return WhyNot.text(pair.left().value());
    }
}
