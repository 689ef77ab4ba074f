package io.prunella.control.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prunella.control.telemetry.HealTrace.TraceSpan;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends finished traces by OTLP, from a thread of its own and out of a bounded queue: a collector that is slow, gone or
 * wrong costs spans and never a heal. Thread-safe.
 */
public final class OtlpTraces implements Consumer<HealTrace>, AutoCloseable {
    // Kept, because loggers without a reference forget their level.
    private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");
    private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

    private final Map<String, SdkTracerProvider> services = new HashMap<>();
    private final PlannedIds ids = new PlannedIds();
    private final OtlpSettings settings;
    private final Consumer<String> problems;
    private final BatchSpanProcessor queue;

    private OtlpTraces(OtlpSettings settings, String endpoint, Consumer<String> problems) {
        this.settings = settings;
        this.problems = problems;
        queue = BatchSpanProcessor.builder(new Told(exporter(settings, endpoint), endpoint, problems))
                .setScheduleDelay(Duration.ofMillis(settings.delayMillis())).build();
    }

    /**
     * Opens the export that the environment asks for.
     *
     * @param variables {@code OTEL_EXPORTER_OTLP_ENDPOINT} and its kin; without an endpoint nothing is exported.
     *        {@code OTEL_SERVICE_NAME} has no effect: each stage is a service of its own
     * @param problems hears of variables that cannot be used, and, once, that the endpoint does not take traces
     */
    public static java.util.Optional<OtlpTraces> open(Map<String, String> variables, Consumer<String> problems) {
        OtlpSettings settings = OtlpSettings.of(variables);
        settings.problems().forEach(problems);
        SDK_LOG.setLevel(Level.OFF); // what goes wrong is told through `problems`, without stack traces
        return settings.endpoint().map(endpoint -> new OtlpTraces(settings, endpoint, problems));
    }

    @Override
    public synchronized void accept(HealTrace trace) {
        for (TraceSpan span : trace.spans()) {
            ids.next(trace.traceId(), span.id());
            SpanBuilder building = service(span.service()).get("io.prunella").spanBuilder(span.name())
                    .setStartTimestamp(span.start(), TimeUnit.MILLISECONDS);
            span.parent().ifPresentOrElse(
                    parent -> building.setParent(Context.root().with(Span.wrap(SpanContext.create(trace.traceId(),
                            parent, TraceFlags.getSampled(), TraceState.getDefault())))),
                    building::setNoParent);
            span.attributes().forEach(building::setAttribute);
            Span started = building.startSpan();
            span.error().ifPresent(why -> started.setStatus(StatusCode.ERROR, why));
            started.end(span.end(), TimeUnit.MILLISECONDS);
        }
    }

    /** Sends what waits, for five seconds at most. */
    @Override
    public void close() {
        if (!queue.forceFlush().join(LAST_FLUSH.toMillis(), TimeUnit.MILLISECONDS).isSuccess()) {
            problems.accept("some traces were not sent before the end");
        }
        queue.shutdown().join(LAST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private SdkTracerProvider service(String name) {
        return services.computeIfAbsent(name, _ -> {
            AttributesBuilder about = Attributes.builder();
            settings.resource().forEach(about::put);
            about.put("service.name", name);
            about.put("service.namespace", settings.resource().getOrDefault("service.namespace", "prunella"));
            return SdkTracerProvider.builder().setResource(Resource.create(about.build())).setIdGenerator(ids)
                    .setSampler(Sampler.alwaysOn()).addSpanProcessor(queue).build();
        });
    }

    private static SpanExporter exporter(OtlpSettings settings, String endpoint) {
        Duration timeout = Duration.ofMillis(settings.timeoutMillis());
        if (settings.grpc()) {
            OtlpGrpcSpanExporterBuilder grpc = OtlpGrpcSpanExporter.builder().setEndpoint(endpoint)
                    .setTimeout(timeout).setCompression(settings.gzip() ? "gzip" : "none");
            settings.headers().forEach(grpc::addHeader);
            return grpc.build();
        }
        OtlpHttpSpanExporterBuilder http = OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(timeout)
                .setCompression(settings.gzip() ? "gzip" : "none");
        settings.headers().forEach(http::addHeader);
        return http.build();
    }

    /** Gives spans the ids that the heal has already; set and used under the lock of the exporter. */
    private static final class PlannedIds implements IdGenerator {
        private String traceId = "";
        private String spanId = "";

        void next(String trace, String span) {
            traceId = trace;
            spanId = span;
        }

        @Override
        public String generateSpanId() {
            return spanId;
        }

        @Override
        public String generateTraceId() {
            return traceId;
        }
    }

    /** Says once that an endpoint does not answer, and once that it does again. */
    private record Told(SpanExporter inner, String endpoint, Consumer<String> problems, AtomicBoolean failing)
            implements
                SpanExporter {
        Told(SpanExporter inner, String endpoint, Consumer<String> problems) {
            this(inner, endpoint, problems, new AtomicBoolean());
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode sent = inner.export(spans);
            sent.whenComplete(() -> {
                if (sent.isSuccess()) {
                    failing.set(false);
                } else if (!failing.getAndSet(true)) {
                    problems.accept("`" + endpoint + "` does not take traces, they are lost until it does"
                            + " (check the collector, or unset `OTEL_EXPORTER_OTLP_ENDPOINT`)");
                }
            });
            return sent;
        }

        @Override
        public CompletableResultCode flush() {
            return inner.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return inner.shutdown();
        }
    }
}
