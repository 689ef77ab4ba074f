package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule in force, bound to the index, with what is remembered of its subjects. */
public final class Rule {
    /** An alert may be sent again a little after it was over, and is still the same. */
    static final long ALERT_KNOWN_MILLIS = 3_600_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final int number;
    private PackModel pack;
    private RuleModel model;
    /** For whom it asks, if it is no rule that fires. */
    @Nullable
    Census census;
    /** Its place in the book, by which a round refers to it. */
    int place;
    final Subjects subjects;
    final Node when;
    final @Nullable Node unless;
    /** What alone re-arms it. */
    final @Nullable Node until;
    /** What of the event itself was asked, for people. */
    final @Nullable Node where;
    /** Makes events out of records; null where no record starts it. */
    final @Nullable Matcher matcher;
    final @Nullable Schedule schedule;
    /** Where its events are until something may come of them; null where it sees each at once. */
    final @Nullable Gate gate;
    /** Number of the last event that came before it was in force. */
    final long eventsBefore;
    /** When its trigger's one timer comes due. */
    long timerAt = Long.MAX_VALUE;
    final Lowering inputs;
    /** How long each of its holds lasts, by its number; those of the subject, and those of each event. */
    final long[] holds;
    final long[] eventHolds;
    /** Whether its condition may turn by the mere passing of time. */
    final boolean timed;
    /** Whether it asks for series that its subjects share with others. */
    final boolean gathers;
    private final long repeatMillis;
    private final long keepFiringMillis;
    /** All that was lowered for it. */
    private final List<Lowering> lowered = new ArrayList<>();
    private final List<Bound> conditions = new ArrayList<>();
    private final List<Term.SeriesTerm> lookups = new ArrayList<>();
    /** All metrics of which it asks, for itself or for the executor; nobody changes it. */
    final BitSet metrics;
    /** Series that the executor's conditions and templates ask for. */
    final List<Term.SeriesTerm> watched;
    final Instances instances = new Instances();
    /** What each node of its conditions was made from. */
    final IdentityHashMap<Node, Condition> origins = new IdentityHashMap<>();
    final Wordings wordings = new Wordings();
    final Marks marks = new Marks();
    /** Events that lack a label of {@code by}: they count for subjects still to come, too. */
    final WideEvents wideEvents;

    /** A condition for the executor, with its holds. */
    record Bound(Node node, List<Long> holds, List<Long> eventHolds, Clocks clocks) {}

    Rule(int number, PackModel pack, RuleModel model, Subjects subjects, Subjects entities, Comparing comparing) {
        this.number = number;
        this.pack = pack;
        this.model = model;
        this.subjects = subjects;
        this.inputs = new Lowering(pack, entities, subjects, comparing);
        List<Lowering> filters = new ArrayList<>();
        Triggers trigger = Triggers.of(this, () -> {
            Lowering filter = new Lowering(pack, entities, subjects, comparing);
            filters.add(filter);
            return filter;
        });
        this.matcher = trigger.matcher();
        this.schedule = trigger.schedule();
        this.where = trigger.where();
        this.wideEvents = new WideEvents(matcher == null ? 0 : matcher.horizonMillis());
        Condition asked = trigger.asked().<Condition>map(more -> new Condition.All(List.of(more, model.when())))
                .orElse(model.when());
        this.when = inputs.lower(asked);
        this.unless = model.unless().map(inputs::lower).orElse(null);
        boolean asksEvent = inputs.asksEvent;
        this.until = model.rhythm().until().map(inputs::lower).orElse(null);
        inputs.asksEvent = asksEvent;
        this.holds = inputs.holds.stream().mapToLong(after -> after).toArray();
        this.eventHolds = inputs.eventHolds.stream().mapToLong(after -> after).toArray();
        this.repeatMillis = model.rhythm().repeatMillis().orElse(NEVER);
        this.keepFiringMillis = model.rhythm().keepFiringMillis().orElse(0);
        this.timed = !inputs.clocks.isEmpty();
        this.gathers = !inputs.gatherings.isEmpty();
        Lowering others = new Lowering(pack, entities, subjects, comparing);
        for (Condition condition : model.conditions()) {
            Lowering own = new Lowering(pack, entities, subjects, comparing);
            conditions.add(new Bound(own.lower(condition), own.holds, own.eventHolds, own.clocks));
            lowered.add(own);
            others.seriesTerms.addAll(own.seriesTerms);
            origins.putAll(own.origins);
        }
        for (SeriesSelector selector : model.lookups()) {
            lookups.add(others.series(selector));
        }
        lowered.add(inputs);
        lowered.addAll(filters);
        this.watched = List.copyOf(others.seriesTerms);
        this.gate = Gate.of(this);
        this.eventsBefore = subjects.beyond.shared.arrived;
        filters.forEach(filter -> origins.putAll(filter.origins));
        origins.putAll(inputs.origins);
        this.metrics = asked();
    }

    /**
     * Whether a newer pack's rule means the same, metrics included.
     *
     * @param sameMetrics by older packs: whether all their metrics mean the same in the newer one, as far as that is known
     */
    boolean same(PackModel newer, RuleModel other, IdentityHashMap<PackModel, Boolean> sameMetrics) {
        return model.contentHash().equals(other.contentHash())
                && (sameMetrics.computeIfAbsent(pack, older -> older.metrics().equals(newer.metrics()))
                        || sameMetrics(newer));
    }

    /** The first instant at which an event of {@code ts} is no longer open, unless it is resolved before. */
    long closes(long ts) {
        return Matcher.later(ts, switch (model.trigger()) {
            case Trigger.OnEvent on -> on.openMillis();
            case Trigger.Sequence on -> on.openMillis();
            case Trigger.Times on -> on.openMillis();
            case Trigger.Absence on -> on.openMillis();
            case Trigger.OnAlert _ -> Long.MAX_VALUE;
            case Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ -> 0L;
        });
    }

    boolean unconditional() {
        return model.when() instanceof Condition.All all && all.of().isEmpty();
    }

    /** The same rule out of a newer pack. */
    void renew(PackModel newer, RuleModel same) {
        pack = newer;
        model = same;
    }

    /** Whether every metric that it asks for means the same in {@code newer}. */
    private boolean sameMetrics(PackModel newer) {
        return Stream.concat(inputs.seriesTerms.stream(), watched.stream()).map(term -> term.selector().metric())
                .allMatch(metric -> Objects.equals(pack.metrics().get(metric), newer.metrics().get(metric)));
    }

    /** Its number in the decision session; kept as long as the rule is not changed. */
    public int number() {
        return number;
    }

    /** Its place among the rules in force, from 0. */
    public int place() {
        return place;
    }

    public PackModel pack() {
        return pack;
    }

    public RuleModel model() {
        return model;
    }

    public Subjects subjects() {
        return subjects;
    }

    /** What tells it from all others in force. */
    static String key(PackModel pack, RuleModel model) {
        return pack.name() + "\n" + model.name();
    }

    /** Whether it is another version of that rule. */
    public boolean replaces(Rule old) {
        return key().equals(old.key());
    }

    String key() {
        return key(pack, model);
    }

    /** Whether it never fires, and is only asked whether it is true. */
    public boolean silent() {
        return StandingRules.silent(model);
    }

    /** Whether it takes an event for it to fire. */
    public boolean byEvent() {
        return matcher != null;
    }

    /** Whether only its schedule makes it fire. */
    public boolean scheduled() {
        return schedule != null;
    }

    /** Whether this is an instant at which it may fire, as far as time alone says. */
    boolean turn(long now) {
        return schedule == null || schedule.now(now);
    }

    /** Whether a firing has to be followed by something that re-arms it. */
    boolean disarmedByFiring() {
        return until != null || (matcher == null && schedule == null);
    }

    /** Whether the decision has to be told of each event by itself, since not all that wait may fire together. */
    boolean apart() {
        return inputs.asksEvent || until != null || repeats();
    }

    /** Whether time alone may change something for one event and not for another. */
    boolean turnsByEvent() {
        return !inputs.eventHolds.isEmpty() || repeats() || (inputs.asksEvent && !inputs.clocks.isEmpty());
    }

    boolean repeats() {
        return repeatMillis != NEVER;
    }

    /** Whether it may fire again, having fired at {@code firedAt}. */
    boolean repeats(long firedAt, long now) {
        return now >= repeatAt(firedAt);
    }

    /** When it may fire again although nothing re-armed it; {@link Long#MAX_VALUE} for never. */
    long repeatAt(long firedAt) {
        return repeatMillis == NEVER ? Long.MAX_VALUE : Matcher.later(firedAt, repeatMillis);
    }

    long keepFiringMillis() {
        return keepFiringMillis;
    }

    /** Whether an event that has fired is still of interest. */
    boolean remembers(OpenEvent event) {
        return repeats() || switch (model.trigger()) {
            case Trigger.OnEvent _ -> event.seen.id().isPresent();
            case Trigger.OnAlert _ -> true;
            case Trigger.Sequence _,Trigger.Times _,Trigger.Absence _,Trigger.Edge _,Trigger.OnCron _,Trigger.OnEvery _ ->
                false;
        };
    }

    /** Until when an event that is over has to be known. */
    long forgets(OpenEvent event) {
        return model.trigger() instanceof Trigger.OnAlert
                ? Matcher.later(event.until, ALERT_KNOWN_MILLIS)
                : event.until;
    }

    private BitSet asked() {
        BitSet all = new BitSet();
        Stream.concat(inputs.seriesTerms.stream(), watched.stream()).forEach(term -> {
            all.set(term.metric());
            if (term.window() != null) {
                all.set(term.window().asked().metric());
            }
        });
        inputs.turns.forEach(turn -> all.set(turn.metric()));
        inputs.everySample.forEach(all::set);
        return all;
    }

    List<Lowering> lowered() {
        return lowered;
    }

    List<Term.SeriesTerm> lookups() {
        return lookups;
    }

    Optional<Bound> condition(int index) {
        return index < conditions.size() ? Optional.of(conditions.get(index)) : Optional.empty();
    }

    /** Whether {@code unless} stands in the way; judged also when nothing else holds, for the sake of its holds. */
    boolean blocked(Sight sight) {
        if (unless == null) {
            return false;
        }
        Truth truth = unless.truth(sight);
        return truth == Truth.TRUE || (truth == Truth.UNKNOWN && unless.lost(sight));
    }
}
