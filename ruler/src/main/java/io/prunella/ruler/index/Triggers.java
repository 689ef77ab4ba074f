package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.RuleModel.EventPart;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.ruler.index.Matcher.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A rule's trigger, bound to the index.
 *
 * @param where what it asks of the event itself; null where it asks nothing
 * @param asked what it asks of more than the event, and so has to be judged like the rule's condition
 */
record Triggers(@Nullable Matcher matcher, @Nullable Schedule schedule, @Nullable Node where,
        Optional<Condition> asked) {
    private static final Triggers NONE = new Triggers(null, null, null, Optional.empty());

    static Triggers of(Rule rule, Supplier<Lowering> lowerings) {
        return switch (rule.model().trigger()) {
            case Trigger.Edge _ -> NONE;
            case Trigger.OnCron cron -> new Triggers(null, Schedule.of(cron), null, Optional.empty());
            case Trigger.OnEvery every -> new Triggers(null, Schedule.of(every), null, Optional.empty());
            case Trigger.OnEvent event ->
                plain(rule, event.types(), event.where(), event.openMillis(), lowerings.get());
            case Trigger.OnAlert alert -> plain(rule, alert.names(), alert.where(), Long.MAX_VALUE, lowerings.get());
            case Trigger.Sequence sequence -> sequence(rule, sequence, lowerings);
            case Trigger.Times times -> {
                Filter filter = filter(times.of(), lowerings);
                yield by(new TimesMatcher(rule, filter, times.of().alias(),
                        new TimesMatcher.Window(times.count(), times.withinMillis(), times.openMillis())), filter);
            }
            case Trigger.Absence absence -> {
                Filter first = filter(absence.first(), lowerings);
                yield by(new AbsenceMatcher(rule, new AbsenceMatcher.Pair(first, filter(absence.without(), lowerings),
                        absence.first().alias(), absence.withinMillis()), absence.openMillis()), first);
            }
        };
    }

    /** Types of records that a trigger wants to see. */
    static Set<String> events(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OnEvent event -> Set.copyOf(event.types());
            case Trigger.Sequence sequence -> {
                Set<String> types = new HashSet<>();
                sequence.parts().forEach(part -> types.addAll(part.types()));
                yield types;
            }
            case Trigger.Absence absence -> {
                Set<String> types = new HashSet<>(absence.first().types());
                types.addAll(absence.without().types());
                yield types;
            }
            case Trigger.Times times -> Set.copyOf(times.of().types());
            case Trigger.Edge _,Trigger.OnAlert _,Trigger.OnCron _,Trigger.OnEvery _ -> Set.of();
        };
    }

    private static Triggers by(Matcher matcher, Filter shown) {
        return new Triggers(matcher, null, shown.where(), Optional.empty());
    }

    private static Triggers plain(Rule rule, List<String> types, Condition where, long openMillis, Lowering lowering) {
        Node matching = unconditional(where) ? null : lowering.lower(where);
        boolean more = !lowering.seriesTerms.isEmpty() || !lowering.labels.isEmpty() || !lowering.clocks.isEmpty()
                || lowering.fleet.asks();
        Node own = more ? null : matching;
        return new Triggers(new PlainMatcher(rule, new Filter(Set.copyOf(types), own), openMillis), null, own,
                more ? Optional.of(where) : Optional.empty());
    }

    private static boolean unconditional(Condition where) {
        return where instanceof Condition.All all && all.of().isEmpty();
    }

    private static Filter filter(EventPart part, Supplier<Lowering> lowerings) {
        return new Filter(Set.copyOf(part.types()),
                unconditional(part.where()) ? null : lowerings.get().lower(part.where()));
    }

    private static Triggers sequence(Rule rule, Trigger.Sequence sequence, Supplier<Lowering> lowerings) {
        List<SequenceMatcher.Part> parts = new ArrayList<>();
        long wait = 0;
        for (EventPart part : sequence.parts().reversed()) {
            parts.addFirst(new SequenceMatcher.Part(filter(part, lowerings), part.alias(), part.withinMillis(), wait));
            wait = Matcher.later(wait, part.withinMillis());
        }
        return by(new SequenceMatcher(rule, parts, sequence.openMillis()), parts.getLast().filter());
    }
}
