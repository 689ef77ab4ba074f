package io.prunella.control.serve;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.loop.HealView;
import io.prunella.control.loop.HealingLoop;
import io.prunella.control.loop.LoopCounts;
import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.ruler.Observation;
import io.prunella.ruler.ReloadReport;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The real loop, together with what the journal knows of heals that ended before this process began. */
final class LoopHealing implements Healing {
    private static final int REMEMBERED = 1_000;

    private final HealingLoop loop;
    private final Runnable closing;
    private final Map<String, HealView> earlier = new LinkedHashMap<>();

    /**
     * Joins a loop and its past.
     *
     * @param closing what is to be closed after the loop
     */
    LoopHealing(HealingLoop loop, Journal journal, Runnable closing) throws JournalFailure {
        this.loop = loop;
        this.closing = closing;
        journal.latest(REMEMBERED).stream().filter(h -> h.ended().isPresent()).map(EarlierHeals::view)
                .forEach(v -> earlier.put(v.traceId(), v));
    }

    @Override
    public boolean offerAll(List<Observation> observations) {
        return loop.offerAll(observations);
    }

    @Override
    public ReloadReport load(List<PackModel> packs) {
        return loop.load(packs);
    }

    @Override
    public void topology(Topology topology) {
        loop.topology(topology);
    }

    @Override
    public void subscribe(Consumer<LoopEvent> subscriber) {
        // For as long as the service lives.
        Runnable _ = loop.subscribe(subscriber);
    }

    @Override
    public List<HealView> heals() {
        Map<String, HealView> all = new LinkedHashMap<>();
        for (HealView view : loop.heals()) {
            all.put(view.traceId(), known(view));
        }
        earlier.forEach(all::putIfAbsent);
        List<HealView> sorted = new ArrayList<>(all.values());
        sorted.sort(java.util.Comparator.comparingLong(HealView::firedAt).reversed());
        return sorted;
    }

    @Override
    public Optional<HealView> heal(String traceId) {
        return loop.heal(traceId).map(this::known).or(() -> Optional.ofNullable(earlier.get(traceId)));
    }

    /** A firing that was read back from the log is the heal that the journal knows. */
    private HealView known(HealView view) {
        return view.result().isPresent() ? view : earlier.getOrDefault(view.traceId(), view);
    }

    @Override
    public LoopCounts counts() {
        return loop.counts();
    }

    @Override
    public int inFlight() {
        return loop.inFlight();
    }

    @Override
    public int recover() throws StartFailure {
        try {
            return loop.recover();
        } catch (JournalFailure e) {
            throw new StartFailure("the journal cannot be read: " + e.getMessage(),
                    "mend the disk that holds it, or set `journal` to another file; nothing was changed");
        }
    }

    @Override
    public void decidedBefore(long epochMillis) {
        loop.decidedBefore(epochMillis);
    }

    @Override
    public long decided() {
        return loop.decided();
    }

    @Override
    public void replay(List<Observation> observations) {
        observations.forEach(loop::replay);
    }

    @Override
    public void begin() {
        loop.start();
    }

    @Override
    public void stop(String by) {
        loop.stop(by);
    }

    @Override
    public void close() {
        loop.close();
        closing.run();
    }
}
