package io.prunella.control.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prunella.control.loop.LoopEvent;
import io.prunella.control.telemetry.HealMetrics;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Counts what the service does, under the names that dashboards know. Thread-safe. */
final class Metrics implements Consumer<LoopEvent>, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final HealMetrics heals = new HealMetrics(registry);

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
    }

    void watch(Supplier<List<PackWatcher.PackView>> packs) {
        Gauge.builder("prunella_packs_refused", packs,
                p -> p.get().stream().filter(v -> v.refused().isPresent()).count())
                .description("packs of the folder that were refused").strongReference(true).register(registry);
    }

    @Override
    public void accept(LoopEvent event) {
        heals.accept(event);
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
