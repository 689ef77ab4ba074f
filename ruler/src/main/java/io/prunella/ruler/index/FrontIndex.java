package io.prunella.ruler.index;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.explain.LegRecorder;
import io.prunella.ruler.topology.Entities;
import io.prunella.ruler.topology.Topology;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every record, and finds the few pairs of rule and subject that have to be judged.
 *
 * <p>An instant goes: {@link #begin}, its records in order, {@link #applied}, {@link #due}, {@link #judge}.
 */
public final class FrontIndex {
    private final World world = new World();
    private final SeriesStore series = world.series;
    private final Round round = world.round;
    private final Staleness staleness = new Staleness(world);
    private final Sight sight;
    private final Judge judge;
    private final Events events;
    private final Births births;
    private final Crossings crossings;
    private final Incoming incoming;
    private final RuleLoader loader;
    private final Questions questions;
    private final Inquiry inquiry;

    /**
     * An index without rules.
     *
     * @param notices what is to be told to people, each once
     */
    public FrontIndex(Breaches breaches, Consumer<String> notices, Topology topology) {
        world.beyond.topology = topology;
        this.sight = new Sight(series, world.entities);
        this.judge = new Judge(round, sight, breaches);
        this.events = new Events(world, sight, judge);
        this.births = new Births(world, events);
        this.crossings = new Crossings(world, births, staleness, notices);
        this.incoming = new Incoming(world, births, events);
        this.loader = new RuleLoader(world, judge, births, staleness);
        this.questions = new Questions(world, sight, births);
        this.inquiry = new Inquiry(world);
        series.windows.tell(crossings::windowChanged, round::windowsAt, notices);
    }

    /**
     * What became of the rules at a load.
     *
     * @param standing conditions of guards and suppressions
     */
    public record Loaded(List<Rule> rules, List<Rule> standing, List<Rule> kept, List<Rule> fresh, List<Rule> gone) {}

    /**
     * Puts other rules in force.
     *
     * @param first whether all of them are armed; else new and changed ones are only where their condition is false
     */
    public Loaded load(List<PackModel> packs, boolean first) {
        incoming.rulesChanged();
        return loader.load(packs, first);
    }

    /** Puts another topology in force. */
    public void topology(Topology topology) {
        world.beyond.topology = topology;
        world.beyond.fleet.changed();
    }

    /** Plans in flight, which guards count. */
    public Heals heals() {
        return world.beyond.inFlight;
    }

    /**
     * A firing that is about to be decided is a cause, which is told to have {@code ceased} once it no longer holds.
     *
     * @return false when an earlier firing of the same still holds, which explains as much
     */
    public boolean cause(Instance instance, @Nullable OpenEvent event, Object fact) {
        return judge.cause(instance, event, fact);
    }

    /** Tells once when a firing that is about to be decided no longer holds. */
    public void symptom(Instance instance, @Nullable OpenEvent event, LongConsumer ended) {
        judge.symptom(instance, event, ended);
    }

    /** Tells once when what a firing was for is over, so that a plan that still waits need not be run. */
    public void waits(Instance instance, @Nullable OpenEvent event, Cleared receiver) {
        judge.waits(instance, event, receiver);
    }

    /** Who there is, and who stands above whom. */
    public Topology topology() {
        return world.beyond.topology;
    }

    /** What may be asked between records. */
    public Questions questions() {
        return questions;
    }

    /** From here on somebody hears of every comparison that is judged. */
    public void record(LegRecorder recorder) {
        world.recorder = recorder;
        judge.everyEvent = true;
    }

    /** What can be told of how it stands with a rule. */
    public Inquiry inquiry() {
        return inquiry;
    }

    /** The number of a series; it exists for the rules from its first record on. */
    public int series(String entity, String metric, Map<String, String> labels) {
        return series.of(Entities.withoutKind(entity), metric, labels);
    }

    public void begin(long now) {
        startClock(now);
        round.now = now;
        world.beyond.fleet.begin(births);
    }

    /** The clock begins, unless it has: schedules count from here on. */
    public void startClock(long now) {
        if (round.now == Long.MIN_VALUE) {
            round.now = now;
            world.beginSchedules(now);
        }
    }

    /**
     * Takes samples of the instant in the order given, up to an entry with a negative series or to the end.
     *
     * @return the place of the first entry that was not taken, or {@code to}
     */
    public int samples(int[] numbers, double[] values, int from, int to) {
        return crossings.samples(numbers, values, from, to);
    }

    /** Ends nothing in a condition; it is a record of the series all the same. */
    public void staleMarker(int number) {
        crossings.staleMarker(number);
    }

    /** The number of an event without id and attributes that may come again. */
    public int eventKey(String entity, String type, Map<String, String> labels) {
        return incoming.key(entity, type, labels);
    }

    /** What an event of that number is, come at the instant that has begun. */
    public EventSeen keyed(int number) {
        return incoming.seen(number);
    }

    /** An event of that number was opened. */
    public void event(int number) {
        incoming.event(number);
    }

    /** An event was opened or resolved. */
    public void event(EventSeen seen) {
        incoming.event(seen);
    }

    /** An alert fires, or is over. */
    public void alert(AlertSeen alert) {
        incoming.alert(alert);
    }

    /** All records of the instant are applied. */
    public void applied() {
        crossings.applied();
    }

    /** The next instant at which time alone may change something. */
    public long nextDue() {
        return round.timers.next();
    }

    /** Makes sure that there is an instant at {@code at}. */
    public void wakeAt(long at) {
        round.wakeAt(at);
    }

    /**
     * Whether {@link #healBegan} is to be told of a plan.
     *
     * @param real whether it is really run, and does not only count as run
     */
    public boolean remembersHeals(boolean real) {
        return world.beyond.heals.remembers(real);
    }

    /** A plan begins that was not skipped; {@code entities} are those that it is on. */
    public void healBegan(Rule rule, Collection<String> actions, Collection<String> entities, long ts, String traceId,
            boolean real) {
        world.beyond.heals.begun(rule.model().name(), actions, entities, ts, traceId, real, round);
    }

    /** A plan has ended; if it was skipped after all, it never began. */
    public void healEnded(String traceId, boolean skipped) {
        world.beyond.heals.ended(traceId, skipped, round);
    }

    private void clockDue(Rule rule) {
        for (int subject = 0; subject < rule.subjects.size(); subject++) {
            round.mark(rule, subject);
        }
        judge.awaitClock(rule);
    }

    /** Everything that has come due by now. */
    public void due() {
        if (world.freshRules) {
            world.freshRules = false;
            world.book.rules.forEach(judge::awaitClock);
        }
        while (round.timers.next() <= round.now) {
            long at = round.timers.next();
            long owner = round.timers.poll();
            switch (Round.kind(owner)) {
                case Round.STALENESS -> {
                    if (round.current(owner)) {
                        staleness.due(Round.owned(owner));
                    }
                }
                case Round.STALENESS_CHAIN -> {
                    if (round.current(owner)) {
                        staleness.begins(at);
                    }
                }
                case Round.INSTANCE -> round.due(Round.owned(owner));
                case Round.SILENCE -> world.beyond.fleet.presence().look(Round.owned(owner));
                case Round.CLOCK -> {
                    if (round.current(owner)) {
                        clockDue(world.book.rules.get(Round.owned(owner)));
                    }
                }
                case Round.WINDOWS -> series.windows.due(at, round.now);
                case Round.TRIGGER -> trigger(world.book.numbered(Round.owned(owner)));
                default -> {
                    // Somebody outside wanted this instant, and has it.
                }
            }
        }
    }

    /** Something of a rule's trigger has come due, unless the rule is gone. */
    private void trigger(@Nullable Rule rule) {
        if (rule == null || rule.timerAt > round.now) {
            return;
        }
        rule.timerAt = Long.MAX_VALUE;
        if (rule.matcher instanceof AbsenceMatcher absences) {
            absences.due(events, round.now);
        }
        Schedule schedule = rule.schedule;
        if (schedule != null) {
            if (schedule.comes(round.now)) {
                for (int subject = 0; subject < rule.subjects.size(); subject++) {
                    round.mark(rule, subject);
                }
            }
            round.wake(rule, schedule.next());
        }
    }

    /** Judges all that this instant has touched, and tells the decision. */
    public void judge() {
        world.markConcerned(sight);
        for (int i = 0; i < round.marked(); i++) {
            Rule rule = round.ruleAt(i);
            Census census = rule.census;
            for (int k = 0; census != null && k < rule.marks.size(); k++) {
                judge.census(census, rule.marks.get(k));
            }
        }
        world.beyond.fleet.tell(sight);
        for (int i = 0; i < round.marked(); i++) {
            Rule rule = round.ruleAt(i);
            for (int k = 0; rule.census == null && k < rule.marks.size(); k++) {
                judge.judge(rule, rule.marks.get(k));
                judged(rule, rule.marks.get(k));
            }
        }
        for (int i = 0; i < round.touched(); i++) {
            Rule rule = world.book.rules.get(round.touchedRuleAt(i));
            int subject = round.touchedSubjectAt(i);
            if (!rule.marks.contains(subject)) {
                judge.judgeEvents(rule, subject);
                judged(rule, subject);
            }
        }
        round.judged();
    }

    private void judged(Rule rule, int subject) {
        if (world.recorder != null) {
            inquiry.tell(world.recorder, rule, subject, round.now);
        }
    }

    /** A firing was decided, whichever way: it is not tried again. */
    public void decided(Instance instance, @Nullable OpenEvent event) {
        judge.decided(instance, event);
    }
}
