package io.prunella.control.telemetry;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.prunella.control.loop.LoopEvent;
import io.prunella.control.telemetry.OtlpCollector.Received;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OneTraceTest {
    private static final InstantSource REAL = InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z"));

    @Test
    void aHealIsOneTraceFromDetectionToItsMessages() {
        try (OtlpCollector collector = new OtlpCollector()) {
            send(HealStory.rolledBack(), Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));

            Map<String, String> names = collector.spans().stream().collect(toMap(Received::id, Received::name));
            assertThat(collector.spans()).extracting(Received::name, Received::service,
                    s -> names.getOrDefault(s.parent(), s.parent()), Received::millis,
                    Received::error).containsExactlyInAnyOrder(
                            tuple("self-healing.detect", "detector", "", 93_600L, true),
                            tuple("detect.anomaly", "detector", "self-healing.detect", 30_000L, false),
                            tuple("decide.remediation-plan", "policy-engine", "self-healing.detect", 5L, false),
                            tuple("execute.reboot_node", "executor", "self-healing.detect", 1_100L, true),
                            tuple("execute.reboot_node", "executor", "self-healing.detect", 1_000L, false),
                            tuple("verify.post-recovery", "health-checker", "self-healing.detect", 60_000L, true),
                            tuple("execute.rollback", "executor", "self-healing.detect", 500L, false),
                            tuple("rollback.undrain_node", "executor", "execute.rollback", 500L, false),
                            tuple("notify.oncall", "executor", "self-healing.detect", 100L, false));
            assertThat(collector.spans()).allSatisfy(s -> {
                assertThat(s.traceId()).isEqualTo(HealStory.TRACE);
                assertThat(s.attributes()).containsEntry("trace_id", HealStory.TRACE)
                        .containsEntry("business_unit", "payments").containsEntry("slo_tier", "gold")
                        .doesNotContainKey("team");
            });
            assertThat(collector.spans()).filteredOn(s -> s.id().equals("00000000000000a1")).singleElement()
                    .satisfies(s -> assertThat(s.attributes()).containsEntry("action_id", "00000000000000a1")
                            .containsEntry("outcome", "failed").containsEntry("attempt", "1"));
        }
    }

    @Test
    void aDryRunIsDetectedAndDecidedAndNothingElse() {
        try (OtlpCollector collector = new OtlpCollector()) {
            send(HealStory.dryRun(), Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                    collector.endpoint() + "/v1/traces", "OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b",
                    "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip", "OTEL_RESOURCE_ATTRIBUTES", "host.name=h1"));
            assertThat(collector.spans()).extracting(Received::name).containsExactlyInAnyOrder("self-healing.detect",
                    "detect.anomaly", "decide.remediation-plan");
            assertThat(collector.headers).containsEntry("x-key", "a b");
            assertThat(collector.spans().getFirst().resource()).containsEntry("host.name", "h1");
        }
    }

    @Test
    void aHealTakenUpAfterAKillKeepsItsTrace() {
        try (OtlpCollector collector = new OtlpCollector()) {
            send(List.of(
                    HealStory.heal(new HealEvent.Resumed(HealStory.TRACE, HealStory.FIRED + 9,
                            HealStory.order(Mode.AUTO), "check of then[0]")),
                    HealStory.heal(new HealEvent.Ended(HealStory.TRACE, HealStory.FIRED + 99, HealResult.INTERRUPTED,
                            Map.of()))),
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));
            assertThat(collector.spans()).extracting(Received::traceId).containsOnly(HealStory.TRACE);
            assertThat(collector.spans()).filteredOn(s -> s.parent().isEmpty()).singleElement()
                    .satisfies(s -> assertThat(s.attributes()).containsEntry("prunella.resumed", "check of then[0]"));
        }
    }

    @Test
    void withoutAnEndpointNothingIsOpened() {
        List<String> problems = new ArrayList<>();
        assertThat(OtlpTraces.open(Map.of(), problems::add)).isEmpty();
        assertThat(OtlpTraces.open(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1",
                "OTEL_SDK_DISABLED", "true"), problems::add)).isEmpty();
        assertThat(problems).isEmpty();
        assertThat(OtlpTraces.open(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318"), problems::add)).isEmpty();
        assertThat(OtlpTraces.open(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), problems::add)).isEmpty();
        assertThat(problems).hasSize(2);
    }

    @Test
    void aCollectorThatRefusesIsToldOnceAndTouchesNothing() {
        List<String> problems = new CopyOnWriteArrayList<>();
        try (OtlpCollector collector = new OtlpCollector(400)) {
            Map<String, String> env = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
            try (OtlpTraces traces = OtlpTraces.open(env, problems::add).orElseThrow()) {
                List<LoopEvent> story = HealStory.dryRun();
                TraceRecorder recorder = new TraceRecorder(REAL, traces);
                story.forEach(recorder);
            }
        }
        assertThat(problems).first().asString().contains("does not take traces");
    }

    @Test
    void theTreeShowsWhoDidWhatAndHowLong() {
        List<HealTrace> traces = new ArrayList<>();
        TraceRecorder recorder = new TraceRecorder(REAL, traces::add);
        HealStory.rolledBack().forEach(recorder);
        assertThat(TraceTree.render(traces.getFirst())).isEqualTo("""
                trace 0123456789abcdef0123456789abcdef
                self-healing.detect             1m33s  detector  ROLLED_BACK
                ├─ detect.anomaly              30.0 s  detector
                ├─ decide.remediation-plan       5 ms  policy-engine
                ├─ execute.reboot_node          1.1 s  executor  ✗ HF201 exit 2
                ├─ execute.reboot_node          1.0 s  executor
                ├─ verify.post-recovery         1m00s  health-checker  ✗ condition was false
                ├─ execute.rollback            500 ms  executor
                │  └─ rollback.undrain_node    500 ms  executor
                └─ notify.oncall               100 ms  executor
                """);
    }

    @Test
    void spansAreGivenInRealTimeWhateverTheRecordsSay() {
        List<HealTrace> traces = new ArrayList<>();
        new TraceRecorder(REAL, traces::add).accept(HealStory.dryRun().getFirst());
        assertThat(traces.getFirst().root().end()).isEqualTo(REAL.millis());
        assertThat(traces.getFirst().spans().stream().map(HealTrace.TraceSpan::id).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(traces.getFirst().spans().stream().map(HealTrace.TraceSpan::id).toList()))
                .hasSize(3);
    }

    private static void send(List<LoopEvent> story, Map<String, String> variables) {
        List<String> problems = new CopyOnWriteArrayList<>();
        try (OtlpTraces traces = OtlpTraces.open(variables, problems::add).orElseThrow()) {
            TraceRecorder recorder = new TraceRecorder(REAL, traces);
            story.forEach(recorder);
        }
        assertThat(problems).isEmpty();
    }
}
