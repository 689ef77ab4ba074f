package io.prunella.ruler.index;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Branch;
import io.prunella.ruler.explain.EventView;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.Explanation.Arming;
import io.prunella.ruler.explain.LegName;
import io.prunella.ruler.explain.LegRecorder;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.topology.Entities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the index can tell of how it stands with a rule and a subject; telling it changes nothing that decides. */
public final class Inquiry {
    private final World world;
    private final Sight sight;

    Inquiry(World world) {
        this.world = world;
        this.sight = new Sight(world.series, world.entities);
    }

    /** All rules of that name, one for each pack that has it. */
    public List<Rule> rules(String name) {
        return world.book.written().filter(rule -> rule.model().name().equals(name)).toList();
    }

    /** What a name means that is no rule's; empty where it means nothing. */
    public Optional<Answer.NoRule.Kind> kind(String name) {
        if (packs().flatMap(pack -> pack.guards().stream()).anyMatch(guard -> guard.name().equals(name))) {
            return Optional.of(Answer.NoRule.Kind.GUARD);
        }
        return packs().flatMap(pack -> pack.suppressions().stream()).anyMatch(one -> one.name().equals(name))
                ? Optional.of(Answer.NoRule.Kind.SUPPRESSION)
                : Optional.empty();
    }

    private Stream<PackModel> packs() {
        return world.book.written().map(Rule::pack).distinct();
    }

    public List<String> ruleNames() {
        return world.book.written().filter(rule -> !rule.silent()).map(rule -> rule.model().name()).distinct().toList();
    }

    /** The subjects of a rule that a question means, in the order of their values; none if no record named one. */
    public List<Integer> subjects(Rule rule, Question question) {
        Subjects group = rule.subjects();
        if (question.entity().isEmpty() && question.subject().isEmpty()) {
            return sorted(IntStream.range(0, group.size()).boxed().toList(), group);
        }
        if (question.entity().isEmpty()) {
            List<String> values = group.by().stream().map(label -> question.subject().getOrDefault(label, ""))
                    .toList();
            int subject = group.find(values);
            return subject < 0 ? List.of() : List.of(subject);
        }
        String entity = Entities.withoutKind(question.entity().get());
        List<Integer> found = IntStream.range(0, group.size()).boxed()
                .filter(subject -> group.entityOf(subject).equals(entity)).toList();
        return sorted(found.isEmpty() ? ofMachine(group, entity) : found, group);
    }

    /** The subject that a machine belongs to, where the rule is not about machines. */
    private List<Integer> ofMachine(Subjects group, String entity) {
        int machine = world.entities.find(List.of(entity));
        if (machine < 0 || group.by().contains(Subjects.ENTITY)) {
            return List.of();
        }
        int subject = group.find(group.by().stream().map(label -> world.entities.label(machine, label)).toList());
        return subject < 0 ? List.of() : List.of(subject);
    }

    private static List<Integer> sorted(List<Integer> subjects, Subjects group) {
        return subjects.stream()
                .sorted(Comparator.comparing((Integer subject) -> group.valuesOf(subject).toString(),
                        CodePoints::compare))
                .toList();
    }

    /** The labels by which a rule tells its subjects apart. */
    public List<String> by(Rule rule) {
        return rule.subjects().by();
    }

    /** Names of all subjects of a rule. */
    public List<String> entities(Rule rule) {
        return IntStream.range(0, rule.subjects().size()).mapToObj(rule.subjects()::entityOf).distinct().toList();
    }

    /** The events seen since questions were asked, by type, each in the order of their coming. */
    public record Trail(Map<String, List<EventSeen>> events) {
        List<EventSeen> of(String type) {
            return events.getOrDefault(type, List.of());
        }
    }

    /** All comparisons of the rules in force, in their order. */
    public List<LegName> legs() {
        return world.book.written().filter(rule -> !rule.silent()).flatMap(rule -> LegNames.of(rule).stream()).toList();
    }

    /** Tells what each comparison was when a rule was judged; of an event rule, while an event waits for it. */
    void tell(LegRecorder recorder, Rule rule, int subject, long now) {
        Instance instance = rule.instances.get(subject);
        if (!rule.byEvent()) {
            look(rule, subject, now, null, null);
            tell(recorder, rule);
        } else if (instance != null) {
            for (OpenEvent event : instance.events.inOrder()) {
                if (!event.decided && event.until > now) {
                    look(rule, subject, now, null, event);
                    tell(recorder, rule);
                }
            }
        }
    }

    private void tell(LegRecorder recorder, Rule rule) {
        LegNames.record(recorder, rule, "when", rule.when, sight);
        if (rule.unless != null) {
            LegNames.record(recorder, rule, "unless", rule.unless, sight);
        }
    }

    /** A rule and a subject as the index sees them; who decides adds the rest. */
    public Explanation explain(Rule rule, int subject, long now, Trail trail) {
        return explain(rule, subject, asked(rule, subject, rule.instances.get(subject), now), now, trail);
    }

    /** The same, with the event of which the condition is to be asked. */
    public Explanation explain(Rule rule, int subject, @Nullable OpenEvent asked, long now, Trail trail) {
        Instance instance = rule.instances.get(subject);
        List<OpenEvent> events = open(rule, subject, instance, now);
        look(rule, subject, now, instance, asked);
        Branch when = Trees.of(rule, rule.when, "when", sight);
        Optional<Branch> unless = Optional.ofNullable(rule.unless)
                .map(node -> Trees.of(rule, node, "unless", sight));
        boolean blocked = rule.blocked(sight);
        Optional<Branch> until = until(rule, subject, instance, now);
        return new Explanation(now, rule.pack().name(), rule.model().name(), rule.subjects().entityOf(subject),
                rule.subjects().named(subject), trigger(rule, subject, now, events, asked, trail), when, unless,
                blocked, until, arming(rule, subject, now, instance, asked), List.of(), Optional.empty(),
                List.of(), List.of());
    }

    /** What alone re-arms it, which is asked of no event. */
    private Optional<Branch> until(Rule rule, int subject, @Nullable Instance instance, long now) {
        if (rule.until == null) {
            return Optional.empty();
        }
        look(rule, subject, now, instance, null);
        return Optional.of(Trees.of(rule, rule.until, "until", sight));
    }

    /** Points at copies of what holds remember, so that looking leaves no traces. */
    private void look(Rule rule, int subject, long now, @Nullable Instance instance, @Nullable OpenEvent event) {
        sight.at(rule.subjects(), subject, now, instance == null
                ? Sight.unheld(rule.holds.length)
                : instance.holds.clone());
        sight.event = event == null
                ? null
                : event.copy();
    }

    /** The event of which the condition is asked; null where there is none. */
    public @Nullable OpenEvent asked(Rule rule, int subject, long now) {
        Instance instance = rule.instances.get(subject);
        return asked(rule, subject, instance, now);
    }

    /** Its open events, and the one that it answered at this very instant, which may be forgotten already. */
    private static List<OpenEvent> open(Rule rule, int subject, @Nullable Instance instance, long now) {
        List<OpenEvent> events = known(rule, subject, instance, now);
        OpenEvent answered = instance == null ? null : instance.firedFor;
        if (instance != null && answered != null && instance.firedAt == now && !events.contains(answered)) {
            events.addFirst(answered);
        }
        return events;
    }

    /** Its events, those included that it shares with others and has not taken for itself. */
    private static List<OpenEvent> known(Rule rule, int subject, @Nullable Instance instance, long now) {
        List<OpenEvent> events = new ArrayList<>(instance == null ? List.of() : instance.events.inOrder());
        if (rule.gate != null) {
            events.addAll(rule.gate.events().open(subject, instance == null ? rule.eventsBefore : instance.taken, now));
        }
        return events;
    }

    /** That which was answered at this very instant, else the oldest that waits, else the newest. */
    private static @Nullable OpenEvent asked(Rule rule, int subject, @Nullable Instance instance, long now) {
        if (!rule.byEvent()) {
            return null;
        }
        if (instance != null && instance.firedAt == now && instance.firedFor != null) {
            return instance.firedFor;
        }
        OpenEvent newest = null;
        for (OpenEvent event : known(rule, subject, instance, now)) {
            if (event.until > now) {
                if (!event.decided) {
                    return event;
                }
                newest = event;
            }
        }
        return newest;
    }

    private Arming arming(Rule rule, int subject, long now, @Nullable Instance instance, @Nullable OpenEvent asked) {
        look(rule, subject, now, instance, asked);
        sight.withoutHolds = true;
        Truth truth = rule.when.truth(sight);
        sight.withoutHolds = false;
        if (instance == null || instance.armed()) {
            return new Arming(Arming.State.ARMED, OptionalLong.empty(), truth);
        }
        return instance.arming == Instance.Arming.LOADED
                ? new Arming(Arming.State.CHANGED, OptionalLong.empty(), truth)
                : new Arming(rule.until == null ? Arming.State.FIRED : Arming.State.UNTIL,
                        OptionalLong.of(instance.firedAt), truth);
    }

    // --- the trigger

    private Explanation.Trigger trigger(Rule rule, int subject, long now, List<OpenEvent> events,
            @Nullable OpenEvent asked, Trail trail) {
        List<String> types = types(rule);
        if (types.isEmpty()) {
            return Explanation.Trigger.NONE;
        }
        List<EventView> open = new ArrayList<>();
        OptionalLong place = OptionalLong.empty();
        for (OpenEvent event : events) {
            if (event.until > now) {
                if (event.equals(asked)) {
                    place = OptionalLong.of(open.size());
                }
                open.add(view(rule, subject, event.seen, event.until, now,
                        event.decided ? EventView.Standing.DECIDED : EventView.Standing.OPEN));
            }
        }
        Optional<EventView> nearest = open.isEmpty() ? nearest(rule, subject, now, trail) : Optional.empty();
        boolean seen = types.stream().anyMatch(trail.events()::containsKey);
        Optional<String> similar = !open.isEmpty() || seen
                ? Optional.empty()
                : types.stream().flatMap(type -> Closest.to(type, trail.events().keySet()).stream()).findFirst();
        return new Explanation.Trigger(text(rule), types, open, place, nearest, similar);
    }

    /** Event types that a trigger waits for. */
    public static List<String> types(Rule rule) {
        return switch (rule.model().trigger()) {
            case Trigger.OnEvent on -> on.types();
            case Trigger.Sequence sequence -> sequence.parts().stream().flatMap(part -> part.types().stream())
                    .distinct().toList();
            case Trigger.Absence absence -> absence.first().types();
            case Trigger.Times times -> times.of().types();
            case Trigger.OnAlert alert -> alert.names();
            case Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ -> List.of();
        };
    }

    private static boolean severalTaken(Rule rule) {
        return switch (rule.model().trigger()) {
            case Trigger.Sequence _,Trigger.Absence _,Trigger.Times _ -> true;
            case Trigger.OnEvent _,Trigger.OnAlert _,Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ -> false;
        };
    }

    private static String text(Rule rule) {
        return switch (rule.model().trigger()) {
            case Trigger.Sequence sequence -> "on event: " + sequence.parts().stream()
                    .map(part -> quoted(part.types()) + (part.withinMillis() == 0 ? "" : within(part.withinMillis())))
                    .collect(Collectors.joining(" followed by "));
            case Trigger.Absence absence -> "on event: " + quoted(absence.first().types()) + " without "
                    + quoted(absence.without().types()) + within(absence.withinMillis());
            case Trigger.Times times -> "on event: " + quoted(times.of().types()) + " " + times.count() + " times"
                    + within(times.withinMillis());
            case Trigger.OnAlert alert -> "on alert: " + quoted(alert.names());
            case Trigger.OnEvent _,Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ ->
                "on event: " + quoted(types(rule));
        };
    }

    private static String quoted(List<String> types) {
        return "\"" + String.join("\" | \"", types) + "\"";
    }

    private static String within(long millis) {
        return " within " + DurationText.of(millis);
    }

    private EventView view(Rule rule, int subject, EventSeen seen, long until, long now, EventView.Standing standing) {
        Optional<Branch> where = Optional.empty();
        if (rule.where != null) {
            sight.at(rule.subjects(), subject, now, new long[0]).event = new OpenEvent(
                    new Arrival(seen, 0, Arrival.UNSAID), Map.of(), until, new long[0]);
            where = Optional.of(Trees.of(rule, rule.where, "where", sight));
        }
        EventView.Standing stands = standing;
        if (standing == EventView.Standing.EXPIRED) {
            boolean matches = where.filter(branch -> branch.truth() != Truth.TRUE).isEmpty();
            // What matches and is neither over nor remembered was fired for.
            stands = !matches
                    ? EventView.Standing.NO_MATCH
                    : severalTaken(rule)
                            ? EventView.Standing.PART
                            : until > now ? EventView.Standing.DECIDED : EventView.Standing.EXPIRED;
        }
        return new EventView(seen.type(), seen.entity(), seen.id(), seen.ts(), until, stands, where);
    }

    /** The newest of the subject's own, else the newest of another's. */
    private Optional<EventView> nearest(Rule rule, int subject, long now, Trail trail) {
        Optional<EventSeen> own = Optional.empty();
        Optional<EventSeen> elsewhere = Optional.empty();
        for (String type : types(rule)) {
            own = newer(own, newest(rule, subject, now, trail.of(type), true));
            elsewhere = newer(elsewhere, newest(rule, subject, now, trail.of(type), false));
        }
        if (own.isPresent()) {
            OptionalLong resolved = resolved(own.get(), now, trail);
            return Optional.of(resolved.isPresent()
                    ? view(rule, subject, own.get(), resolved.getAsLong(), now, EventView.Standing.RESOLVED)
                    : view(rule, subject, own.get(), rule.closes(own.get().ts()), now, EventView.Standing.EXPIRED));
        }
        return elsewhere.map(seen -> new EventView(seen.type(), Entities.withoutKind(seen.entity()), seen.id(),
                seen.ts(), rule.closes(seen.ts()), EventView.Standing.ELSEWHERE, Optional.empty()));
    }

    private static Optional<EventSeen> newer(Optional<EventSeen> one, Optional<EventSeen> other) {
        return one.isPresent() && other.isPresent()
                ? one.get().ts() >= other.get().ts() ? one : other
                : one.or(() -> other);
    }

    private static Optional<EventSeen> newest(Rule rule, int subject, long now, List<EventSeen> ofType, boolean own) {
        for (EventSeen seen : ofType.reversed()) {
            if (!seen.resolved() && seen.ts() <= now && own == rule.subjects().agrees(subject,
                    rule.subjects().parts(Entities.withoutKind(seen.entity()), seen.labels()))) {
                return Optional.of(seen);
            }
        }
        return Optional.empty();
    }

    private static OptionalLong resolved(EventSeen seen, long now, Trail trail) {
        return trail.of(seen.type()).stream()
                .filter(other -> other.resolved() && other.ts() >= seen.ts() && other.ts() <= now
                        && other.entity().equals(seen.entity()) && Matcher.means(other, seen))
                .mapToLong(EventSeen::ts).findFirst();
    }
}
