package io.prunella.control.serve;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.control.loop.HealView;
import io.prunella.control.loop.LoopCounts;
import io.prunella.control.loop.LoopEvent;
import io.prunella.ruler.Observation;
import io.prunella.ruler.ReloadReport;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Heals nothing and remembers everything that it was told. */
final class FakeHealing implements Healing {
    final List<Observation> offered = new CopyOnWriteArrayList<>();
    final List<Observation> replayed = new CopyOnWriteArrayList<>();
    final List<List<String>> loads = new CopyOnWriteArrayList<>();
    final List<Set<String>> topologies = new CopyOnWriteArrayList<>();
    final List<HealView> heals = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final CountDownLatch subscribed = new CountDownLatch(1);
    private final List<Consumer<LoopEvent>> subscribers = new CopyOnWriteArrayList<>();
    private List<String> rules = List.of();
    volatile boolean full;
    volatile long decided = System.currentTimeMillis() - 5_000;
    volatile long before;

    @Override
    public void topology(Topology topology) {
        topologies.add(topology.inventory());
    }

    @Override
    public boolean offerAll(List<Observation> observations) {
        if (full) {
            return false;
        }
        offered.addAll(observations);
        return true;
    }

    @Override
    public ReloadReport load(List<PackModel> packs) {
        loads.add(packs.stream().map(p -> p.name() + " " + p.version()).toList());
        calls.add("load");
        List<String> next = packs.stream().flatMap(p -> p.rules().stream()).map(RuleModel::name).toList();
        List<String> gone = new ArrayList<>(rules);
        gone.removeAll(next);
        List<String> kept = new ArrayList<>(next);
        kept.retainAll(rules);
        List<String> anew = new ArrayList<>(next);
        anew.removeAll(rules);
        rules = next;
        return new ReloadReport(kept, anew, gone);
    }

    @Override
    public void subscribe(Consumer<LoopEvent> subscriber) {
        subscribers.add(subscriber);
        subscribed.countDown();
    }

    void happens(LoopEvent event) {
        subscribers.forEach(s -> s.accept(event));
    }

    @Override
    public List<HealView> heals() {
        return heals;
    }

    @Override
    public Optional<HealView> heal(String traceId) {
        return heals.stream().filter(h -> h.traceId().equals(traceId)).findFirst();
    }

    @Override
    public LoopCounts counts() {
        return new LoopCounts(0, 0, 3, 0, 0);
    }

    @Override
    public int inFlight() {
        return 2;
    }

    @Override
    public int recover() {
        calls.add("recover");
        return 1;
    }

    @Override
    public void decidedBefore(long epochMillis) {
        before = epochMillis;
    }

    @Override
    public long decided() {
        return decided;
    }

    @Override
    public void replay(List<Observation> observations) {
        replayed.addAll(observations);
        calls.add("replay");
    }

    @Override
    public void begin() {
        calls.add("begin");
    }

    @Override
    public void stop(String by) {
        calls.add("stop by " + by);
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
