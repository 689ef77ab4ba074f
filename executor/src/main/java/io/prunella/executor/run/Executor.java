package io.prunella.executor.run;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.plan.HealOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs the plans of heals to their end; the one door of this module. Thread-safe. Nothing here blocks its caller but
 * {@link #recover}; with virtual timers everything happens on the caller's and the clock's thread, in one order.
 */
public final class Executor {
    private final ExecutorPorts ports;
    private final ExecutorSettings settings;
    private final Consumer<Table.Row<?, ?, ?>> watch;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    private record Flight(Mailbox mailbox, HealRun run) {}

    public Executor(ExecutorPorts ports, ExecutorSettings settings) {
        this(ports, settings, _ -> {});
    }

    /**
     * @param watch sees every row of every table that is walked
     */
    Executor(ExecutorPorts ports, ExecutorSettings settings, Consumer<Table.Row<?, ?, ?>> watch) {
        this.ports = ports;
        this.settings = settings;
        this.watch = watch;
    }

    /**
     * Takes a heal on and returns without waiting for its end; {@link HealEvent.Ended} tells it. A heal whose trace id
     * is under way or stands in the journal was taken on before, and nothing is done for it.
     *
     * @return false if it is under way already
     */
    public boolean submit(HealOrder order) {
        return take(order, Replay.NOTHING);
    }

    /**
     * Takes up every heal that a stopped process left unfinished; to be called before the first {@link #submit}.
     *
     * @return how many
     * @throws JournalFailure if the journal cannot be read; then nothing was taken up
     */
    public int recover() throws JournalFailure {
        int taken = 0;
        for (var history : ports.journal().unfinished()) {
            if (take(history.order(), new Replay(history.entries()))) {
                taken++;
            }
        }
        return taken;
    }

    /**
     * Stops a heal: what runs is cancelled, and it ends {@code INTERRUPTED}. One that only tells people of its end is
     * left to do so.
     *
     * @param by who asked, for journal and result
     * @return false if no such heal is under way
     */
    public boolean cancel(String traceId, String by) {
        var flight = flights.get(traceId);
        if (flight == null) {
            return false;
        }
        flight.mailbox.post(() -> flight.run.cancel(by));
        return true;
    }

    /**
     * What a heal was started for is over: as long as it waits for its first action it ends
     * {@code SKIPPED_UNCHANGED}, and nobody is told; one that has begun an action goes on.
     *
     * @param why a sentence without its end, for journal and result
     * @return false if no such heal is under way
     */
    public boolean withdraw(String traceId, String why) {
        var flight = flights.get(traceId);
        if (flight == null) {
            return false;
        }
        flight.mailbox.post(() -> flight.run.withdraw(why));
        return true;
    }

    /** Heals not yet ended. */
    public int inFlight() {
        return flights.size();
    }

    private boolean take(HealOrder order, Replay replay) {
        var id = order.traceId();
        var mailbox = new Mailbox(ports.carrier(), bug -> abandon(id, bug));
        var run = new HealRun(new HealContext(ports, settings, order, replay, mailbox::post, watch),
                () -> flights.remove(id));
        if (flights.putIfAbsent(id, new Flight(mailbox, run)) != null) {
            return false;
        }
        mailbox.post(() -> {
            if (!replay.resumed() && knownToJournal(id)) {
                flights.remove(id);
            } else {
                run.begin();
            }
        });
        return true;
    }

    private boolean knownToJournal(String traceId) {
        try {
            return ports.journal().find(traceId).isPresent();
        } catch (JournalFailure failure) {
            throw new JournalBroken(failure);
        }
    }

    private void abandon(String traceId, RuntimeException cause) {
        var flight = flights.get(traceId);
        if (flight == null) {
            return;
        }
        if (cause instanceof JournalBroken) {
            flight.run.abandon(FailureCode.JOURNAL_FAILED, String.valueOf(cause.getMessage()));
        } else {
            flight.run.abandon(FailureCode.BUG, "a bug of Prunella: " + cause);
        }
    }
}
