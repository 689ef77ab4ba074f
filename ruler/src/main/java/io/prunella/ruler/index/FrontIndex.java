package io.prunella.ruler.index;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.LegRecorder;
import io.prunella.ruler.topology.Entities;
import io.prunella.ruler.topology.Topology;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Incoming incoming;
    private final RuleLoader loader;
    private final Questions questions;
    private final Inquiry inquiry;
    private final Consumer<String> notices;
    private final IntList suspects = new IntList();
    private final Set<String> poisonous = new HashSet<>();

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
        this.incoming = new Incoming(world, births, events);
        this.loader = new RuleLoader(world, judge, births, staleness);
        this.questions = new Questions(world, sight, births);
        this.inquiry = new Inquiry(world);
        this.notices = notices;
        series.windows.tell(this::windowChanged, round::windowsAt, notices);
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
        long now = round.now;
        boolean windows = series.windows.asked();
        int i = from;
        while (true) {
            if (!windows) {
                int steady = series.arrived(numbers, values, i, to, now, world.arrivals + 1);
                world.arrivals += steady - i;
                i = steady;
            }
            if (i == to || numbers[i] < 0) {
                return i;
            }
            sample(numbers[i], values[i], now);
            if (windows) {
                series.windows.sample(numbers[i], values[i], now);
            }
            i++;
        }
    }

    private void sample(int number, double value, long now) {
        boolean stays = series.inBand(number, value);
        double before = series.value(number);
        boolean had = series.ts(number) != SeriesStore.NEVER;
        series.arrived(number, value, now, ++world.arrivals);
        if (!stays) {
            leftItsBand(number, before, had);
        }
    }

    /** What is made of a window's samples lies in another band now, or is another value that counts, or there is none. */
    private void windowChanged(int number, MetricWatch watch, int from, int to) {
        if (from == WindowBands.Changes.NO_BAND) {
            world.mark(watch.all, number);
        } else {
            world.mark(watch.every, number);
            crossed(number, watch, from, to);
        }
    }

    private void leftItsBand(int number, double before, boolean had) {
        births.born(number);
        world.beyond.fleet.presence().sampled(number);
        MetricWatch watch = world.book.metric(series.metric[number]);
        if ((series.state[number] & SeriesStore.DISPUTED) != 0) {
            births.markAskersOfLabels(number);
        }
        if (watch == null) {
            world.settle(number, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return;
        }
        double value = series.value(number);
        boolean valid = had && staleness.fresh(number);
        staleness.renewed(number, watch);
        if (watch.guarded && value > 2 && (series.state[number] & SeriesStore.POISONOUS) == 0) {
            suspects.add(number);
        }
        turned(number, watch, before, valid);
    }

    private void turned(int number, MetricWatch watch, double before, boolean valid) {
        double value = series.value(number);
        if (!valid || Double.isNaN(before) || Double.isNaN(value)) {
            world.mark(watch.all, number);
        } else {
            if (before != value) {
                world.mark(watch.every, number);
            }
            crossed(number, watch, watch.band(before), watch.band(value));
        }
        if (watch.every.length > 0 || Double.isNaN(value)) {
            world.settle(number, Double.NaN, Double.NaN);
        } else {
            int band = watch.band(value);
            world.settle(number, watch.lowOf(band), watch.highOf(band));
        }
    }

    private void crossed(int number, MetricWatch watch, int from, int to) {
        for (int band = Math.min(from, to); band < Math.max(from, to); band++) {
            world.mark(watch.at[band], number);
        }
    }

    /** Ends nothing in a condition; it is a record of the series all the same. */
    public void staleMarker(int number) {
        births.born(number);
        births.named(series.entityOf(number));
        series.arrived(number, ++world.arrivals);
        if ((series.state[number] & SeriesStore.DISPUTED) != 0) {
            births.markAskersOfLabels(number);
        }
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
        for (int i = 0; i < suspects.size(); i++) {
            int number = suspects.get(i);
            if (series.value(number) > 2) {
                poison(number);
            }
        }
        suspects.clear();
    }

    private void poison(int number) {
        series.state[number] |= SeriesStore.POISONOUS;
        int metric = series.metric[number];
        IntList concerned = new IntList();
        for (Subjects subjects : world.groups.values()) {
            subjects.subjectsOf(number, concerned);
            for (int i = 0; i < concerned.size(); i++) {
                subjects.poison(concerned.get(i), metric);
            }
        }
        markAll(number);
        IntList others = world.entities.seriesOf(world.entities.find(List.of(series.entityOf(number))));
        for (int i = 0; i < others.size(); i++) {
            if (series.metric[others.get(i)] == metric) {
                for (WindowPlan.Column column : series.windows.columns(metric)) {
                    if (column.watch != null) {
                        world.mark(column.watch.all, others.get(i));
                    }
                }
                markAll(others.get(i));
            }
        }
        String name = series.metrics.get(metric);
        if (poisonous.add(name)) {
            notices.accept("`" + name + "` of `" + series.entityOf(number) + "` sent " + Comparing.text(
                    new Scalar.Quantity(series.value(number))) + ", which is no ratio, and is unknown from here on: "
                    + "declare `metric " + name + ": ratio, source percent`");
        }
    }

    private void markAll(int number) {
        MetricWatch watch = world.book.metric(series.metric[number]);
        if (watch != null) {
            world.mark(watch.all, number);
        }
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
