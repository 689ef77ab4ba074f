package io.prunella.control.loop;

import io.prunella.compiler.rule.PackModel;
import io.prunella.executor.driver.Datum;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.run.Conditions;
import io.prunella.executor.run.Executor;
import io.prunella.executor.run.ExecutorPorts;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.Truth;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Printed;
import io.prunella.ruler.ReloadReport;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one wiring of ruler and executor, used by `run`, `serve` and `test` alike: observations go in, firings that were
 * let through become heals, and what comes back of a heal (its verification, probes' answers, its end) enters the ruler
 * at the front door.
 *
 * <p>Everything public is thread-safe unless it says otherwise. The ruler has one owner: the thread that
 * {@link #start} begins, or, without it, the one that made the loop and calls {@link #step}.
 */
public final class HealingLoop implements AutoCloseable {
    private static final int REMEMBERED = 1_000;
    private static final int BATCH = 1_000;
    private static final long IDLE_NANOS = 10_000_000;

    private final LoopSettings settings;
    private final LoopPorts ports;
    private final Inbox inbox;
    private final Ruler ruler;
    private final Executor executor;
    private final Watching watching;
    private final HealBook book = new HealBook(REMEMBERED);
    private final Listeners listeners;
    private final HealNames names;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Decided decided = new Decided();
    private final Intake intake;
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** A loop whose owner is the constructing thread until {@link #start}. */
    public HealingLoop(LoopSettings settings, LoopPorts ports) {
        this.settings = settings;
        this.ports = ports;
        inbox = new Inbox(settings.inbox(), Thread.currentThread());
        listeners = new Listeners(inbox, ports.timers()::millis);
        names = new HealNames(settings.repeats(), this::known);
        ruler = new Ruler(new RulerSettings(settings.mode(), settings.defaultMode(), settings.pace(),
                settings.latenessMillis(), listeners::problem, Topology.EMPTY, settings.guards()), this::fired);
        ruler.withdrawals(this::cleared);
        intake = new Intake(ruler, settings.pace(), ports.timers());
        watching = new Watching(ruler, ports, answer -> inbox.call(() -> intake.answer(answer)));
        executor = new Executor(new ExecutorPorts(ports.timers(), ports.carrier(), ports.workers(), ports.drivers(),
                new AskedFromOutside(), ports.journal(), ports.locks(), ports.channels(),
                e -> inbox.call(() -> happened(e)), this::emitted), ports.execution());
    }

    /** Puts a topology and inventory in force, at the boundary of an instant, and returns when it is. */
    public void topology(Topology topology) {
        boolean _ = inbox.ask(() -> {
            ruler.topology(topology);
            return true;
        });
    }

    /** What may be asked of its ruler; only for the ruler's owner. */
    public LoopQuestions questions() {
        return new LoopQuestions(ruler, watching);
    }

    /**
     * Takes up heals that a stopped process left unfinished; to be called once, after the packs are loaded (their
     * conditions may be asked at once) and before the first observation.
     *
     * @return how many
     */
    public int recover() throws JournalFailure {
        ports.journal().unfinished().forEach(h -> underWay.add(h.order().traceId()));
        return executor.recover();
    }

    /** Firings with these trace ids are the heals of before, whatever {@link LoopSettings#repeats} says. */
    void takenBefore(Set<String> traceIds) {
        names.keep(traceIds);
    }

    /**
     * Takes what an earlier process kept, in its order and before {@link #start}: a tick decides up to its time, so that
     * rules see what they saw then; only for the ruler's owner.
     */
    public void replay(Observation observation) {
        answerCalls();
        intake.take(observation);
        if (observation instanceof Observation.Tick tick) {
            intake.advanceTo(tick.ts());
        }
        answerCalls();
        decided.upTo(ruler.clock());
    }

    /**
     * What fires at or before this time was decided by an earlier process, maybe under other rules: what the journal
     * does not know of it is not done. To be called before the first {@link #replay}.
     */
    public void decidedBefore(long epochMillis) {
        decided.before(epochMillis);
    }

    /**
     * Up to when everything is decided, and the heals of it are in the journal: epoch milliseconds, 0 before the first
     * decision. It stands still from {@link #stop} on, since what fires then is left to the next process.
     */
    public long decided() {
        return decided.until();
    }

    /** Begins the loop's own thread, which owns the ruler from here on. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("started before");
        }
        Thread begun = Thread.ofPlatform().name("prunella-loop").unstarted(this::live);
        begun.setUncaughtExceptionHandler((_, bug) -> {
            closed = true;
            listeners.problem("the loop stopped by a bug, no rule is judged any more: " + bug);
        });
        inbox.owner(begun);
        thread = begun;
        begun.start();
    }

    /** Hands a record over; false when the inbox is full and the record was not taken. */
    public boolean offer(Observation observation) {
        return offerAll(List.of(observation));
    }

    /** Hands all of some records over, or none of them; false when the inbox has no room for all. */
    public boolean offerAll(List<Observation> observations) {
        return inbox.offer(observations);
    }

    /** Puts packs in force, in place of all that were, and returns when they are. */
    public ReloadReport load(List<PackModel> packs) {
        return inbox.ask(() -> {
            ReloadReport report = ruler.load(packs);
            tellDecided();
            listeners.tell(new LoopEvent.Reloaded(ports.timers().millis(), report,
                    packs.stream().map(p -> p.name() + " " + p.version() + " " + p.digest()).toList()));
            return report;
        });
    }

    /**
     * Hears everything from here on, on the loop's thread, one event at a time; must not block for long.
     *
     * @return ends the subscription
     */
    public Runnable subscribe(Consumer<LoopEvent> subscriber) {
        return listeners.add(subscriber);
    }

    /** Firings and heals that are remembered, newest first. */
    public List<HealView> heals() {
        return book.newestFirst();
    }

    public Optional<HealView> heal(String traceId) {
        return book.find(traceId);
    }

    public LoopCounts counts() {
        return intake.counts(inbox.refused());
    }

    /** Heals not yet ended. */
    public int inFlight() {
        return executor.inFlight();
    }

    /** Stops a heal; false if no such heal is under way. */
    public boolean cancel(String traceId, String by) {
        return executor.cancel(traceId, by);
    }

    /** No new heal begins from here on; those under way are cancelled, and the journal says by whom. */
    public void stop(String by) {
        stopping = true;
        for (String heal : underWay) {
            executor.cancel(heal, by);
        }
        inbox.wake();
    }

    /** Whether the loop's thread runs; a loop that was started and is not alive judges nothing. */
    public boolean alive() {
        Thread begun = thread;
        return begun != null && begun.isAlive();
    }

    /** Does what there is to do without waiting; only for the ruler's owner. Returns the amount of work done. */
    public int step() {
        int done = answerCalls();
        for (int taken = 0; taken < BATCH;) {
            List<Observation> next = inbox.nextObservations();
            if (next == null) {
                break;
            }
            next.forEach(intake::take);
            inbox.done(next);
            taken += next.size();
            done += next.size();
        }
        if (settings.pace() == Pace.CLOCK) {
            intake.advanceTo(ports.timers().millis() - settings.latenessMillis());
        }
        tellDecided();
        return done + answerCalls();
    }

    private void tellDecided() {
        if (!stopping) {
            decided.upTo(ruler.clock());
        }
    }

    /** The last instant decided, epoch milliseconds of the ruler's clock; only for the ruler's owner. */
    long decidedUntil() {
        return ruler.clock();
    }

    /** The fast door of the ruler's owner, past the inbox. */
    Intake intake() {
        return intake;
    }

    /** Moves the ruler's clock, and answers what comes of it; only for the ruler's owner. */
    void decideUntil(long epochMillis) {
        intake.advanceTo(epochMillis);
        answerCalls();
    }

    /** Whether a heal waits for something that is not in the records: an attempt, a wait, a probe. */
    boolean busyOutside() {
        return underWay.stream().anyMatch(heal -> !watching.leftToRecords(heal));
    }

    /** Whether any heal has not ended, as far as its events have arrived. */
    boolean healing() {
        return !underWay.isEmpty();
    }

    /** The first deadline of a verification that only records can decide; only for the ruler's owner. */
    OptionalLong nextDeadline() {
        return watching.nextDeadline();
    }

    /** Ends the loop's thread after what it has in hand; heals under way go on in the executor. */
    @Override
    public void close() {
        closed = true;
        inbox.wake();
        Thread ended = thread;
        if (ended != null && ended != Thread.currentThread()) {
            try {
                ended.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void live() {
        while (!closed) {
            if (step() == 0) {
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
        }
        answerCalls();
    }

    private int answerCalls() {
        int done = 0;
        for (Runnable call = inbox.nextCall(); call != null; call = inbox.nextCall()) {
            call.run();
            done++;
        }
        return done;
    }

    // From here on: on the owner's thread.

    private void fired(Firing told) {
        if (underWay.contains(told.traceId())) {
            return; // a heal that was taken up from the journal, seen again by its observations
        }
        Firing firing = names.named(told);
        long at = Math.max(ports.timers().millis(), firing.ts());
        Optional<HealResult> ended = firing.skipped().or(() -> unexecuted(firing));
        if (ended.isEmpty() && known(firing.traceId())) {
            inbox.call(() -> ruler.ended(told.traceId(), HealResult.INTERRUPTED, at));
            listeners.problem("`" + firing.rule() + "` on `" + firing.entity() + "`: heal " + firing.traceId()
                    + " was taken on before, nothing more is done");
            return;
        }
        if (ended.isEmpty() && decided.wasBefore(firing.ts())) {
            // No cooldown and no budget of it counts: nothing was done then, and nothing is now.
            inbox.call(() -> ruler.ended(told.traceId(), HealResult.SKIPPED_PAUSED, at));
            return;
        }
        book.fired(at, firing, ended);
        listeners.tell(new LoopEvent.Fired(at, firing, ended));
        if (ended.isEmpty()) {
            underWay.add(firing.traceId());
            decided.handedOver(firing.traceId(), firing.ts());
            executor.submit(firing.order());
        } else if (firing.skipped().isEmpty() && firing.mode() != Mode.DRY_RUN) {
            inbox.call(() -> ruler.ended(told.traceId(), ended.get(), at));
        }
    }

    /** What a plan was started for is over: while it still waits for its first action, it is not run. */
    private void cleared(String told, String why) {
        executor.withdraw(names.of(told), why + " at " + Printed.ts(ruler.clock()));
    }

    private boolean known(String traceId) {
        try {
            return ports.journal().find(traceId).isPresent();
        } catch (JournalFailure e) {
            listeners.problem("the journal cannot be read: " + e.getMessage());
            return false; // the executor asks again, and ends the heal by the same failure
        }
    }

    private Optional<HealResult> unexecuted(Firing firing) {
        return switch (firing.mode()) {
            case DRY_RUN -> Optional.of(HealResult.DRY_RUN);
            case APPROVE, AUTO -> stopping ? Optional.of(HealResult.SKIPPED_PAUSED) : Optional.empty();
        };
    }

    private void happened(HealEvent event) {
        book.happened(event);
        decided.happened(event);
        if (event instanceof HealEvent.Resumed) {
            underWay.add(event.traceId());
        } else if (event instanceof HealEvent.Ended ended) {
            underWay.remove(ended.traceId());
            ruler.ended(names.ended(ended.traceId()), ended.result(), ended.at());
        }
        listeners.tell(new LoopEvent.Heal(event));
    }

    /**
     * Feeds an event of a live plan back.
     *
     * <p>The observation log does not have it, and a replay does not make it anew as it does that of a plan that only counts
     * as run: its heal is in the journal and is not executed again. So what waits for such an event is forgotten when the
     * service is started again.
     */
    private Outcome emitted(HealOrder order, String type, Map<String, Datum> attributes) {
        inbox.call(() -> {
            boolean fedBack = ruler.emit(names.told(order.traceId()), order, type, Emitted.attributes(attributes),
                    ports.timers().millis());
            if (!fedBack) {
                listeners.problem("`emit(\"" + type + "\")` of `" + order.plan().rule() + "` on `" + order.entity()
                        + "` is not fed back: it follows from too many emitted events in a row");
            }
        });
        return new Outcome.Succeeded(Map.of());
    }

    /** The executor's questions, which come on any thread. */
    private final class AskedFromOutside implements Conditions {
        @Override
        public Truth now(ConditionRef condition, HealOrder order) {
            try {
                return inbox.ask(() -> ruler.now(condition, order));
            } catch (CompletionException e) {
                return Truth.UNKNOWN; // the loop has ended or is stuck, and unknown starts nothing
            }
        }

        @Override
        public Watch watch(Request request, Consumer<Truth> answer) {
            Watching.Watched watched = new Watching.Watched(request, answer);
            if (inbox.ownedHere()) {
                watching.begin(watched);
            } else {
                inbox.call(() -> watching.begin(watched));
            }
            return () -> inbox.call(() -> watching.end(watched));
        }
    }
}
