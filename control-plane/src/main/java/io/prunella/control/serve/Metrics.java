package io.prunella.control.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Firing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Counts what the service does, under the names that dashboards know. Thread-safe. */
final class Metrics implements Consumer<LoopEvent>, AutoCloseable {
    private static final Duration[] STAGE_BUCKETS = {Duration.ofMillis(10), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15),
            Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(30)};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** What is known of a heal that has not ended. */
    private record Running(String rule, String pack, long firedAt, long executeSince, long verifySince) {}

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    void watch(Ingest ingest) {
        FunctionCounter.builder("prunella_samples", ingest, Ingest::samples).tag("source", "http")
                .description("samples taken").register(registry);
        FunctionCounter.builder("prunella_events", ingest, Ingest::events).tag("source", "http")
                .description("events taken").register(registry);
        FunctionCounter.builder("prunella_clamped", ingest, Ingest::clamped)
                .description("records whose time lay in the future and was set to now").register(registry);
        FunctionCounter.builder("prunella_log_syncs", ingest, Ingest::syncs)
                .description("syncs of the observation log").register(registry);
        Gauge.builder("prunella_ingest_waiting_bytes", ingest, Ingest::waitingBytes)
                .description("bytes that wait for the disk or the loop").register(registry);
    }

    void watch(Healing healing) {
        FunctionCounter.builder("prunella_late", healing, h -> h.counts().late())
                .description("records that came too late and were dropped").register(registry);
        Gauge.builder("prunella_heals_in_flight", healing, Healing::inFlight).description("heals not yet ended")
                .register(registry);
    }

    void watch(Supplier<List<PackWatcher.PackView>> packs) {
        Gauge.builder("prunella_packs_refused", packs,
                p -> p.get().stream().filter(v -> v.refused().isPresent()).count())
                .description("packs of the folder that were refused").register(registry);
    }

    /** The packs in force, each as a metric that is 1. */
    void packs(List<PackWatcher.PackView> packs) {
        registry.getMeters().stream().map(m -> m.getId()).filter(id -> id.getName().equals("prunella_pack_info"))
                .forEach(registry::remove);
        packs.forEach(p -> p.inForce().ifPresent(f -> Gauge.builder("prunella_pack_info", () -> 1)
                .tag("pack", f.model().name()).tag("version", f.model().version()).tag("digest", f.model().digest())
                .register(registry)));
    }

    @Override
    public void accept(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> fired(fired.firing(), fired.at());
            case LoopEvent.Heal heal -> heal(heal.event());
            case LoopEvent.Reloaded _,LoopEvent.Problem _ -> {
                return;
            }
        }
    }

    private void fired(Firing firing, long at) {
        stage("detect", firing.rule(), firing.pack(), at - firing.ts());
        if (firing.skipped().isPresent()) {
            firing(firing.skipped().get().name(), firing.rule(), firing.pack());
        } else if (firing.mode() == io.prunella.plan.Mode.DRY_RUN) {
            firing(HealResult.DRY_RUN.name(), firing.rule(), firing.pack());
        }
    }

    private void heal(HealEvent event) {
        switch (event) {
            case HealEvent.Submitted e -> running.put(e.traceId(), new Running(e.order().plan().rule(),
                    e.order().plan().pack(), e.order().firedAt(), e.at(), -1));
            case HealEvent.Resumed e -> running.put(e.traceId(), new Running(e.order().plan().rule(),
                    e.order().plan().pack(), e.order().firedAt(), e.at(), -1));
            case HealEvent.VerifyStarted e -> running.computeIfPresent(e.traceId(), (_, r) -> {
                stage("execute", r.rule(), r.pack(), e.at() - r.executeSince());
                return new Running(r.rule(), r.pack(), r.firedAt(), r.executeSince(), e.at());
            });
            case HealEvent.VerifyEnded e -> running.computeIfPresent(e.traceId(), (_, r) -> {
                stage("verify", r.rule(), r.pack(), e.at() - r.verifySince());
                return r;
            });
            case HealEvent.Ended e -> ended(e);
            case HealEvent.Claimed _,HealEvent.ClaimHeld _,HealEvent.PhaseStarted _,HealEvent.PhaseEnded _,HealEvent.Checked _,HealEvent.AttemptStarted _,HealEvent.Output _,HealEvent.AttemptEnded _,HealEvent.WaitStarted _,HealEvent.StepEnded _ -> {
                return;
            }
        }
    }

    private void ended(HealEvent.Ended end) {
        Running heal = running.remove(end.traceId());
        if (heal == null) {
            return;
        }
        firing(end.result().name(), heal.rule(), heal.pack());
        if (heal.verifySince() < 0) {
            stage("execute", heal.rule(), heal.pack(), end.at() - heal.executeSince());
        }
        if (end.result() == HealResult.HEALED) {
            io.micrometer.core.instrument.Timer.builder("prunella_time_to_recover")
                    .description("from the firing to the proof that it is healed").tag("rule", heal.rule())
                    .tag("pack", heal.pack()).serviceLevelObjectives(STAGE_BUCKETS).register(registry)
                    .record(Duration.ofMillis(Math.max(0, end.at() - heal.firedAt())));
        }
    }

    private void firing(String result, String rule, String pack) {
        Counter.builder("prunella_firings").description("firings by how they ended").tag("result", result)
                .tag("rule", rule).tag("pack", pack).register(registry).increment();
    }

    private void stage(String stage, String rule, String pack, long millis) {
        io.micrometer.core.instrument.Timer.builder("prunella_heal_stage")
                .description("time spent in a stage of a heal").tag("stage", stage).tag("rule", rule)
                .tag("pack", pack).serviceLevelObjectives(STAGE_BUCKETS).register(registry)
                .record(Duration.ofMillis(Math.max(0, millis)));
    }

    /** As text, in the format that the client asked for. */
    String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
