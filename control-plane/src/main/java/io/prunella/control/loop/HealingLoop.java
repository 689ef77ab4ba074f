package io.prunella.control.loop;

import static java.util.Objects.requireNonNull;

import io.prunella.compiler.rule.PackModel;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.ruler.Observation;
import io.prunella.ruler.ReloadReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one wiring of ruler and executor, used by `run`, `serve` and `test` alike: observations go in, firings that were
 * let through become heals, and what comes back of a heal (its verification, probes' answers, its end) enters the ruler
 * at the front door.
 *
 * <p>Everything public is thread-safe unless it says otherwise. The ruler has one owner: the thread that
 * {@link #start} begins, or the one that calls {@link #step}.
 */
public final class HealingLoop implements AutoCloseable {

    /** A loop whose owner is the constructing thread until {@link #start}. */
    public HealingLoop(LoopSettings settings, LoopPorts ports) {
        requireNonNull(settings);
        requireNonNull(ports);
    }

    /**
     * Takes up heals that a stopped process left unfinished; to be called once, before {@link #start} or the first step.
     *
     * @return how many
     */
    public int recover() throws JournalFailure {
        throw new UnsupportedOperationException("being built");
    }

    /** Begins the loop's own thread, which owns the ruler from here on. */
    public void start() {
        throw new UnsupportedOperationException("being built");
    }

    /** Hands a record over; false when the inbox is full and the record was not taken. */
    public boolean offer(Observation observation) {
        return offerAll(List.of(observation));
    }

    /** Hands all of some records over, or none of them; false when the inbox has no room for all. */
    public boolean offerAll(List<Observation> observations) {
        throw new UnsupportedOperationException("being built");
    }

    /** Puts packs in force, in place of all that were, and returns when they are. */
    public ReloadReport load(List<PackModel> packs) {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Hears everything from here on, on the loop's thread, one event at a time; must not block for long.
     *
     * @return ends the subscription
     */
    public Runnable subscribe(Consumer<LoopEvent> subscriber) {
        throw new UnsupportedOperationException("being built");
    }

    /** Firings and heals that are remembered, newest first. */
    public List<HealView> heals() {
        throw new UnsupportedOperationException("being built");
    }

    public Optional<HealView> heal(String traceId) {
        throw new UnsupportedOperationException("being built");
    }

    public LoopCounts counts() {
        throw new UnsupportedOperationException("being built");
    }

    /** Heals not yet ended. */
    public int inFlight() {
        throw new UnsupportedOperationException("being built");
    }

    /** Stops a heal; false if no such heal is under way. */
    public boolean cancel(String traceId, String by) {
        throw new UnsupportedOperationException("being built");
    }

    /** No new heal begins from here on; those under way are cancelled, and the journal says by whom. */
    public void stop(String by) {
        throw new UnsupportedOperationException("being built");
    }

    /** Does what there is to do without waiting; only for the ruler's owner. Returns the amount of work done. */
    public int step() {
        throw new UnsupportedOperationException("being built");
    }

    /** Ends the loop's thread after what it has in hand; heals under way go on in the executor. */
    @Override
    public void close() {}
}
