package io.prunella.ruler.index;

import io.prunella.ruler.explain.Branch.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Tells what values from beyond the subject's series were made of: which events, which heal, which of the fleet. */
final class Witnesses {
    private static final int MOST = 10;

    private Witnesses() {}

    static List<Witness> of(Node.Leaf leaf, Sight sight) {
        List<Witness> found = new ArrayList<>();
        Legs.terms(leaf).forEach(term -> collect(term, sight, found));
        if (leaf instanceof FleetNode.Over over) {
            found.add(told(over.tally(sight), List.of()));
        }
        return found;
    }

    private static void collect(Term term, Sight sight, List<Witness> into) {
        Clocks.parts(term).forEach(part -> collect(part, sight, into));
        if (!(term instanceof Term.Outward outward)) {
            return;
        }
        switch (outward) {
            case TimeTerm.SinceEvent since -> since(since.history().newest(sight.subject),
                    "event \"" + since.type() + "\"", into);
            case TimeTerm.SinceHeal since -> since(
                    since.heals().newest(since.of(), sight.subjects.entityOf(sight.subject)),
                    "heal \"" + since.written() + "\"", into);
            case TimeTerm.Counted counted -> counted.history()
                    .newest(sight.subject, sight.now - counted.windowMillis(), MOST)
                    .forEach(ts -> into.add(new Witness("event", OptionalLong.of(ts))));
            case FleetTerm.Counted counted -> {
                Tally tally = counted.tally(sight);
                into.add(told(tally, counted.pool().trues(tally, MOST)));
            }
            case FleetTerm.Related related -> {
                String entity = sight.subjects.entityOf(sight.subject);
                into.add(told(related.census().of(related.set(), entity),
                        related.census().examples(related.set(), entity, MOST)));
            }
            case TimeTerm.Now _,TimeTerm.Weekday _,FleetTerm.Parents _,DecisionTerm.InFlight _,DecisionTerm.Severity _ -> {
                // Their value tells all.
            }
        }
    }

    private static void since(long newest, String what, List<Witness> into) {
        into.add(newest == SeriesStore.NEVER
                ? new Witness("there was no " + what, OptionalLong.empty())
                : new Witness(what, OptionalLong.of(newest)));
    }

    private static Witness told(Tally tally, List<String> examples) {
        return new Witness("true of " + tally.trues + " of " + tally.known + " known, " + tally.members + " in all"
                + (examples.isEmpty()
                        ? ""
                        : ": " + String.join(", ", examples)
                                + (examples.size() < tally.trues ? ", …" : "")),
                OptionalLong.empty());
    }
}
