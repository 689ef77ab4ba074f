package io.prunella.control.loop;

import io.prunella.compiler.rule.PackModel;
import io.prunella.executor.journal.HealHistory;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.run.HealEvent;
import io.prunella.executor.schedule.Timers;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.recording.RecordingReader;
import io.prunella.ruler.recording.RecordingReport;
import io.prunella.ruler.simulation.RecordingInput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The whole loop on a recording: what it shows is detected, decided, executed and verified for real, in one process.
 *
 * <p>A recording lies in the past, so its time is the loop's time. It is read as fast as it can be while nothing real
 * is under way. From the instant at which a heal begins the clock goes on in real time: what the recording says later
 * waits for its turn by its distance from that instant, and probes' answers are put in at the clock's time. While all
 * that heals wait for is a verification that only records can decide (a {@code verify} without a probe), nothing real
 * is under way, and the recording is read fast again; past its end the clock jumps to the deadline. When the last heal
 * has ended the rest is read as fast as it can be.
 *
 * <p>Where nothing is executed (a dry run) the same recording gives the same firings as a simulation. A heal that an
 * earlier run began and did not end is taken up first; one that ended is not in the way: run again, the same firing is
 * a new heal with a trace id of its own.
 *
 * <p>One thread runs; {@link #stop} may be called from any other.
 */
public final class LiveRun {
    // How far the ruler may run ahead of a heal that it begins, where a quiet stretch of the recording is crossed.
    private static final long STRIDE_MILLIS = 250;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;

    private final RunClock clock;
    private final LoopSettings settings;
    private final LoopPorts ports;
    private final List<Consumer<LoopEvent>> subscribers = new ArrayList<>();
    private volatile Optional<String> stoppedBy = Optional.empty();
    private volatile HealingLoop loop;
    private long greatest = Long.MIN_VALUE;
    private long firings;
    private long failed;

    /**
     * Sets the run up on the thread that is going to run it.
     *
     * @param mode the most that any rule may, and what a rule without a mode gets
     * @param real the machine's clock
     * @param ports everything outside, around the clock that is handed to the function
     */
    public LiveRun(Mode mode, InstantSource real, Function<Timers, LoopPorts> ports) {
        clock = new RunClock(real, Thread.currentThread());
        settings = LoopSettings.recording(mode, mode);
        this.ports = ports.apply(clock);
        subscribers.add(this::heard);
        loop = newLoop();
    }

    /**
     * What became of a run.
     *
     * @param failed heals that ended badly, as {@link #failed(HealResult)} says
     * @param resumed heals that an earlier run had left unfinished
     * @param heals newest first
     * @param stoppedBy who ended it early
     */
    public record Report(RecordingReport recording, long firings, long failed, int resumed, List<HealView> heals,
            Optional<String> stoppedBy) {
        public Report {
            heals = List.copyOf(heals);
        }
    }

    /** Hears everything while it happens, on the thread that runs; to be called before {@link #run}. */
    public void subscribe(Consumer<LoopEvent> subscriber) {
        subscribers.add(subscriber);
        loop.subscribe(subscriber);
    }

    /** Begins no new heal, cancels what runs, and lets {@link #run} return when all has ended; from any thread. */
    public void stop(String by) {
        stoppedBy = Optional.of(by);
        loop.stop(by);
    }

    /**
     * Runs to the end of the recording and of all heals; once.
     *
     * @throws IOException if the recording cannot be read
     * @throws JournalFailure if the journal cannot be read, so that nobody knows what an earlier run left behind
     */
    public Report run(PackModel pack, RecordingInput recording) throws IOException, JournalFailure {
        List<HealView> before = finishEarlierRun(pack);
        try (RecordingReader reader = RecordingReader.open(recording.name(), recording.bytes(),
                loop.intake()::series)) {
            boolean more = reader.next();
            if (more) {
                clock.beginAt(reader.ts());
            }
            while (more && reached(reader.ts() - RulerSettings.DEFAULT_LATENESS_MILLIS - 1)) {
                take(reader);
                more = reader.next();
            }
            reached(greatest);
            settle();
            List<HealView> heals = new ArrayList<>(loop.heals());
            heals.addAll(before);
            return new Report(reader.report(), firings, failed, before.size(), heals, stoppedBy);
        }
    }

    /** In a loop of its own, because its heals live in a later time than the recording's begin. */
    private List<HealView> finishEarlierRun(PackModel pack) throws JournalFailure {
        loop.load(List.of(pack));
        List<HealHistory> unfinished = ports.journal().unfinished();
        if (unfinished.isEmpty()) {
            return List.of();
        }
        clock.beginAt(unfinished.stream().flatMap(h -> h.entries().stream()).mapToLong(JournalEntry::at).max()
                .orElse(0));
        loop.recover();
        settle();
        List<HealView> heals = loop.heals();
        HealingLoop next = newLoop();
        next.takenBefore(unfinished.stream().map(h -> h.order().traceId()).collect(Collectors.toSet()));
        next.load(List.of(pack));
        loop = next;
        stoppedBy.ifPresent(next::stop);
        return heals;
    }

    private HealingLoop newLoop() {
        HealingLoop made = new HealingLoop(settings, ports);
        subscribers.forEach(made::subscribe);
        return made;
    }

    /** Decides up to an instant of the recording, in real time where something real is under way; false when stopped. */
    private boolean reached(long target) {
        while (stoppedBy.isEmpty()) {
            if (loop.step() + clock.callDue() > 0) {
                continue;
            }
            if (loop.busyOutside()) {
                clock.go();
                long now = Math.min(clock.millis(), target);
                loop.decideUntil(now);
                if (now == target) {
                    return true;
                }
                pause();
            } else if (loop.decidedUntil() >= target) {
                return true;
            } else {
                long next = settings.mode() == Mode.DRY_RUN || loop.decidedUntil() == Long.MIN_VALUE
                        ? target
                        : Math.min(target, loop.decidedUntil() + STRIDE_MILLIS);
                loop.decideUntil(next);
                clock.standAt(next);
            }
        }
        return false;
    }

    /** Lets all heals end. */
    private void settle() {
        while (loop.healing()) {
            if (loop.step() + clock.callDue() > 0) {
                continue;
            }
            OptionalLong deadline = loop.nextDeadline();
            if (!loop.busyOutside() && deadline.isPresent()) {
                clock.standAt(deadline.getAsLong());
                loop.decideUntil(Math.max(deadline.getAsLong(), loop.decidedUntil() + 1));
            } else {
                clock.go();
                loop.decideUntil(clock.millis());
                pause();
            }
        }
        loop.step();
    }

    private void take(RecordingReader reader) {
        long ts = reader.ts();
        boolean late = greatest != Long.MIN_VALUE && ts < greatest - RulerSettings.DEFAULT_LATENESS_MILLIS;
        greatest = Math.max(greatest, ts);
        if (late) {
            reader.late(greatest);
        } else if (reader.isSample()) {
            loop.intake().take(reader.series(), ts, reader.value());
        } else {
            loop.intake().take(reader.observation().orElseThrow());
        }
    }

    private static void pause() {
        LockSupport.parkNanos(LONGEST_PAUSE_NANOS);
    }

    private void heard(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> {
                firings++;
                clock.standAt(fired.firing().ts());
            }
            case LoopEvent.Heal(HealEvent.Ended ended) -> {
                if (failed(ended.result())) {
                    failed++;
                }
            }
            case LoopEvent.Heal _,LoopEvent.Reloaded _,LoopEvent.Problem _ -> {
                // Told to others.
            }
        }
    }

    /** Whether a result means that somebody has to look. */
    public static boolean failed(HealResult result) {
        return switch (result) {
            case HEALED, SUCCEEDED, DRY_RUN, REJECTED, SKIPPED_SUPPRESSED, SKIPPED_GUARD, SKIPPED_COOLDOWN,
                    SKIPPED_LIMIT, SKIPPED_LOCKED, SKIPPED_BLIND, SKIPPED_PAUSED, SKIPPED_UNCHANGED ->
                false;
            case UNVERIFIED, VERIFY_FAILED, ROLLED_BACK, ROLLBACK_FAILED, FAILED, TIMED_OUT, INTERRUPTED, EXPIRED ->
                true;
        };
    }
}
