package io.prunella.ruler;

import io.prunella.compiler.rule.PackModel;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.decision.Decider;
import io.prunella.ruler.decision.DecisionSession;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.LegName;
import io.prunella.ruler.explain.LegRecorder;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Rule;
import io.prunella.ruler.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Judges all rules over a stream of observations, and decides which of their plans may run.
 *
 * <p>Single writer, not thread-safe, without a clock, threads or I/O: time is what the records and
 * {@link #advanceTo} say. Firings are handed over in the order of their decisions, from within the call that moved
 * the clock; the receiver may call {@link #watch}, {@link #now} and {@link #ended} from there, but nothing else.
 */
public final class Ruler {
    private final RulerSettings settings;
    private final FrontIndex index;
    private final Decider decider;
    private final Watches watches;
    private final Inquiries inquiries;
    private final Arrivals arrivals;
    private final Arrivals.Applied application;
    private boolean loaded;
    private long clock = Long.MIN_VALUE;
    /** The greatest time of a record so far. */
    private long greatest = Long.MIN_VALUE;
    /** No record before this is taken any more. */
    private long floor = Long.MIN_VALUE;

    public Ruler(RulerSettings settings, Consumer<Firing> firings) {
        this(settings, firings, new DecisionSession());
    }

    Ruler(RulerSettings settings, Consumer<Firing> firings, DecisionSession session) {
        this.settings = settings;
        this.index = new FrontIndex(session, settings.notices(), settings.topology());
        this.decider = new Decider(settings, index, session, firing -> {
            told(firing);
            firings.accept(firing);
        });
        this.inquiries = new Inquiries(index.inquiry(), decider);
        this.watches = new Watches(index);
        this.arrivals = new Arrivals(settings.latenessMillis());
        this.application = new Arrivals.Applied() {
            @Override
            public int samples(int[] series, double[] value, int from, int to) {
                return index.samples(series, value, from, to);
            }

            @Override
            public void event(int key) {
                if (inquiries.listens()) {
                    inquiries.saw(index.keyed(key));
                }
                index.event(key);
            }

            @Override
            public void other(Observation observation) {
                apply(observation);
            }
        };
    }

    /**
     * Puts rules in force, at the boundary of an instant. At the first load all are armed; later, rules with an equal
     * content hash keep everything, others act only after their condition was false once.
     */
    public ReloadReport load(List<PackModel> packs) {
        FrontIndex.Loaded result = index.load(packs, !loaded);
        loaded = true;
        decider.load(result.rules(), result.standing());
        return new ReloadReport(names(result.kept()), names(result.fresh()), result.gone().stream()
                .filter(old -> result.fresh().stream().noneMatch(rule -> rule.replaces(old)))
                .map(rule -> rule.model().name()).toList());
    }

    /** Puts another topology and inventory in force, at the boundary of an instant. */
    public void topology(Topology topology) {
        index.topology(topology);
    }

    private static List<String> names(List<Rule> rules) {
        return rules.stream().map(rule -> rule.model().name()).toList();
    }

    /**
     * Takes a record.
     *
     * @return false when it came too late and was dropped
     */
    public boolean offer(Observation observation) {
        return switch (observation) {
            case Observation.Sample sample ->
                sample(series(sample.entity(), sample.metric(), sample.labels()), sample.ts(), sample.value());
            case Observation.ProbeAnswer answer ->
                sample(series(answer.entity(), answer.probe(), Map.of()), answer.ts(), answer.value());
            case Observation.StaleMarker _,Observation.EventSeen _,Observation.AlertSeen _,Observation.Tick _ -> {
                boolean inTime = admit(observation.ts());
                if (inTime) {
                    arrivals.other(observation);
                }
                yield inTime;
            }
        };
    }

    /** The number of a series for {@link #sample}; it stays valid for this ruler's life. */
    public int series(String entity, String metric, Map<String, String> labels) {
        return index.series(entity, metric, labels);
    }

    /**
     * The fast door for samples: allocates nothing for one that changes nothing.
     *
     * @return false when it came too late and was dropped
     */
    public boolean sample(int series, long ts, double value) {
        if (arrivals.another(ts, series, value)) {
            return true;
        }
        if (!admit(ts)) {
            return false;
        }
        arrivals.sample(ts, series, value);
        return true;
    }

    /**
     * The number of an event for {@link #event}: one that nothing but its type, entity and labels tells from others. It
     * stays valid for this ruler's life.
     */
    public int eventKey(String entity, String type, Map<String, String> labels) {
        return index.eventKey(entity, type, labels);
    }

    /**
     * The fast door for events without id and attributes: allocates nothing for one of which nothing comes.
     *
     * @return false when it came too late and was dropped
     */
    public boolean event(int key, long ts) {
        if (!admit(ts)) {
            return false;
        }
        arrivals.event(ts, key);
        return true;
    }

    private boolean admit(long ts) {
        if (ts < floor) {
            return false;
        }
        if (ts > greatest) {
            greatest = ts;
            if (settings.pace() == Pace.RECORDS) {
                floor = Math.max(floor, ts - settings.latenessMillis());
                runThrough(floor - 1);
            }
        }
        return true;
    }

    /** Moves the clock without a record: everything due up to and including {@code epochMillis} fires. */
    public void advanceTo(long epochMillis) {
        if (settings.pace() == Pace.CLOCK) {
            index.startClock(epochMillis);
        }
        runThrough(epochMillis);
        clock = Math.max(clock, epochMillis);
        floor = Math.max(floor, epochMillis + 1);
    }

    /** The last instant decided; {@link Long#MIN_VALUE} before the first. */
    public long clock() {
        return clock;
    }

    /** The greatest time of a record taken so far; {@link Long#MIN_VALUE} before the first. */
    public long greatest() {
        return greatest;
    }

    private void runThrough(long last) {
        long next = Math.min(arrivals.next(), index.nextDue());
        while (next <= last) {
            inquiries.answer(Math.max(next, clock) - 1);
            instant(Math.max(next, clock));
            next = Math.min(arrivals.next(), index.nextDue());
        }
        inquiries.answer(last);
    }

    private void told(Firing firing) {
        inquiries.fired(firing);
    }

    /** All records of one instant, then what is due, then what may fire. */
    private void instant(long now) {
        clock = now;
        index.begin(now);
        arrivals.take(now, application);
        index.applied();
        index.due();
        decider.release(now);
        index.judge();
        decider.decide(now, 1);
        // Invariant: ends, since each round emits what lies one deeper than the round before.
        for (int round = 2; decider.emit(now); round++) {
            index.applied();
            index.due();
            decider.release(now);
            index.judge();
            decider.decide(now, round);
        }
        watches.judge(now);
    }

    /**
     * A live plan emits an event, which is fed back at the front door with the firing's entity and labels.
     *
     * @param traceId that of its firing
     * @return false when it is not, because the plan's firing followed from too many emitted events in a row
     */
    public boolean emit(String traceId, HealOrder order, String type, Map<String, Scalar> attributes, long at) {
        OptionalInt depth = decider.depth(traceId, order);
        // Not by way of the floor: at an instant that was decided already it makes a further round of that one.
        depth.ifPresent(deep -> arrivals.other(new Observation.EventSeen(Math.max(at, clock), order.entity(), type,
                Optional.empty(), false, attributes, order.labels(), deep)));
        return depth.isPresent();
    }

    /** How many plans were not let emit, because they do so in a circle. */
    public long refusedEmits() {
        return decider.refusedEmits();
    }

    private void apply(Observation observation) {
        switch (observation) {
            case Observation.StaleMarker marker ->
                index.staleMarker(series(marker.entity(), marker.metric(), marker.labels()));
            case Observation.EventSeen event -> {
                inquiries.saw(event);
                index.event(event);
            }
            case Observation.AlertSeen alert -> index.alert(alert);
            case Observation.Tick _,Observation.Sample _,Observation.ProbeAnswer _ -> {
                // A tick is nothing but its instant; samples come by their own way.
            }
        }
    }

    /**
     * From here on somebody hears of plans whose breach has cleared: the condition is false, the event resolved, or
     * {@code unless} true. Plans that are under way by then are told too; unknown tells nothing.
     *
     * @param receiver trace id and reason, once a plan at most, from within a call that moves the clock
     */
    public void withdrawals(BiConsumer<String, String> receiver) {
        decider.withdrawals(receiver);
    }

    /** A live plan ended; its claims end with it, and a skipped one counts toward nothing. */
    public void ended(String traceId, HealResult result, long at) {
        decider.ended(traceId, result, at);
    }

    /**
     * Watches a condition of a heal's rule: true as soon as it is, else what it is at the deadline, which is included.
     *
     * @param newerThan only samples after this count; a series that was valid then makes its comparison unknown until a
     *        newer sample comes
     * @param verdict told once, from within a call that moves the clock
     */
    public Watch watch(ConditionRef ref, HealOrder order, long newerThan, long deadline, Consumer<Truth> verdict) {
        return watches.add(index.questions().watched(ref, order), newerThan, deadline, verdict);
    }

    /** What a condition of a heal's rule is at the last instant decided; unknown when that rule is gone. */
    public Truth now(ConditionRef ref, HealOrder order) {
        return index.questions().watched(ref, order).map(watched -> index.questions().truth(watched, Long.MIN_VALUE))
                .orElse(Truth.UNKNOWN);
    }

    /**
     * Asks how it stood with a rule once the clock has passed an instant that is still to come; asking changes nothing
     * that fires.
     *
     * @param receiver told once, from within a call that moves the clock, or at once where the instant is decided
     *        already: then it is how things stand now
     */
    public void ask(Question question, Consumer<Answer> receiver) {
        if (question.at() <= clock) {
            receiver.accept(inquiries.answer(question, clock));
        } else {
            inquiries.add(question, receiver);
        }
    }

    /** From here on somebody hears of every comparison that is judged, which costs as much again as judging. */
    public void record(LegRecorder recorder) {
        index.record(recorder);
    }

    /** All comparisons of the rules in force, in their order. */
    public List<LegName> legs() {
        return index.inquiry().legs();
    }

    /** What has to be asked of the world to judge a condition, in the order written; mostly nothing. */
    public List<ProbeQuestion> probes(ConditionRef ref, HealOrder order) {
        return index.questions().probes(ref, order);
    }
}
