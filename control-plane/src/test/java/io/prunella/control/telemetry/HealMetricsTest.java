package io.prunella.control.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prunella.control.loop.LoopEvent;
import io.prunella.ruler.ReloadReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HealMetrics metrics = new HealMetrics(registry);

    @Test
    void aHealIsCountedOnceAndItsStagesAreTimed() {
        HealStory.rolledBack().forEach(metrics);
        String labels = "business_unit=\"payments\",pack=\"linux\",";
        assertThat(registry.scrape()).contains(
                "prunella_firings_total{" + labels + "result=\"ROLLED_BACK\",rule=\"reboot\",slo_tier=\"gold\"} 1.0",
                "prunella_heal_stage_seconds_count{" + labels
                        + "rule=\"reboot\",slo_tier=\"gold\",stage=\"verify\"} 1",
                "prunella_heal_stage_seconds_sum{" + labels
                        + "rule=\"reboot\",slo_tier=\"gold\",stage=\"execute\"} 2.99",
                "prunella_time_to_detect_seconds_sum{" + labels + "rule=\"reboot\",slo_tier=\"gold\"} 30.005",
                "prunella_heals_in_flight 0.0")
                .doesNotContain("prunella_time_to_recover_seconds");
    }

    @Test
    void aHealUnderWayIsInFlight() {
        HealStory.rolledBack().subList(0, 5).forEach(metrics);
        assertThat(registry.scrape()).contains("prunella_heals_in_flight 1.0")
                .doesNotContain("prunella_firings_total");
    }

    @Test
    void packsInForceAreShownByDigestAndRecordsBySource() {
        metrics.accept(new LoopEvent.Reloaded(0, new ReloadReport(List.of(), List.of(), List.of()),
                List.of("linux 1.4.0 sha256:old")));
        metrics.accept(new LoopEvent.Reloaded(0, new ReloadReport(List.of(), List.of(), List.of()),
                List.of("linux 1.5.0 sha256:new")));
        metrics.samples("jsonl", 3);
        assertThat(registry.scrape()).contains("prunella_pack_info{digest=\"sha256:new\",pack=\"linux\"} 1",
                "prunella_samples_total{source=\"jsonl\"} 3.0").doesNotContain("sha256:old");
    }
}
