package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.ProbeAnswer;
import io.prunella.ruler.Observation.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions of heals, as an executor has them watched. */
class WatchTest {
    private final List<Firing> firings = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();
    private final Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), firings::add);
    private long clock;

    private HealOrder fired(String verify) {
        ruler.load(List.of(Fixtures.compile("w.dl", """
                rule r
                  when: load > 5
                  then: execute("reboot_node")
                  verify: %s within 5m
                """.formatted(verify))));
        sample(0, "load", 6, Map.of());
        ruler.advanceTo(0);
        return firings.getFirst().order();
    }

    private void sample(long ts, String metric, double value, Map<String, String> labels) {
        ruler.offer(new Sample(ts, "a", metric, labels, value));
    }

    private void watch(HealOrder order, long newerThan, long deadline) {
        ConditionRef ref = order.plan().verify().orElseThrow().condition();
        ruler.watch(ref, order, newerThan, deadline, truth -> verdicts.add(truth + " at " + ruler.clock()));
    }

    private void advance(long to) {
        clock = to;
        ruler.advanceTo(clock);
    }

    @Test
    void isTrueAtTheFirstInputThatMakesItSo() {
        HealOrder order = fired("load < 3");
        watch(order, 10_000, 60_000);
        sample(20_000, "load", 4, Map.of());
        sample(30_000, "load", 2, Map.of());
        advance(50_000);
        assertThat(verdicts).containsExactly("TRUE at 30000");
    }

    @Test
    void countsOnlyNewerSamples() {
        HealOrder order = fired("load < 7");
        watch(order, 0, 60_000);
        advance(59_999);
        assertThat(verdicts).isEmpty();
        advance(60_000);
        assertThat(verdicts).containsExactly("UNKNOWN at 60000");
    }

    @Test
    void includesItsDeadline() {
        HealOrder order = fired("load < 3");
        watch(order, 10_000, 60_000);
        sample(60_000, "load", 2, Map.of());
        advance(60_000);
        assertThat(verdicts).containsExactly("TRUE at 60000");
    }

    @Test
    void isFalseAtTheDeadline() {
        HealOrder order = fired("load < 3");
        watch(order, 10_000, 60_000);
        sample(20_000, "load", 4, Map.of());
        advance(100_000);
        assertThat(verdicts).containsExactly("FALSE at 60000");
    }

    @Test
    void waitsForEverySeriesThatWasValid() {
        HealOrder order = fired("up == 1");
        sample(1_000, "up", 0, Map.of("core", "0"));
        sample(1_000, "up", 0, Map.of("core", "1"));
        advance(5_000);
        watch(order, 10_000, 60_000);
        sample(20_000, "up", 1, Map.of("core", "0"));
        advance(25_000);
        assertThat(verdicts).isEmpty();
        sample(30_000, "up", 1, Map.of("core", "1"));
        advance(40_000);
        assertThat(verdicts).containsExactly("TRUE at 30000");
    }

    @Test
    void needsAllOfThem() {
        HealOrder order = fired("up == 1");
        watch(order, 10_000, 60_000);
        sample(20_000, "up", 1, Map.of("core", "0"));
        sample(20_000, "up", 0, Map.of("core", "1"));
        advance(60_000);
        assertThat(verdicts).containsExactly("FALSE at 60000");
    }

    @Test
    void holdsCountFromTheFirstNewerSample() {
        HealOrder order = fired("load < 3 for 10s");
        watch(order, 10_000, 60_000);
        sample(20_000, "load", 2, Map.of());
        advance(60_000);
        assertThat(verdicts).containsExactly("TRUE at 30000");
    }

    @Test
    void takesAnswersOfProbes() {
        HealOrder order = fired("probe(http \"http://{{ entity }}/status\") == 200");
        ConditionRef ref = order.plan().verify().orElseThrow().condition();
        ProbeQuestion question = ruler.probes(ref, order).getFirst();
        assertThat(question.target()).isEqualTo("http://a/status");
        watch(order, 10_000, 60_000);
        ruler.offer(new ProbeAnswer(15_000, question.entity(), question.probe(), 503));
        ruler.offer(new ProbeAnswer(30_000, question.entity(), question.probe(), 200));
        advance(40_000);
        assertThat(verdicts).containsExactly("TRUE at 30000");
    }

    @Test
    void saysNothingOnceCancelled() {
        HealOrder order = fired("load < 3");
        ConditionRef ref = order.plan().verify().orElseThrow().condition();
        ruler.watch(ref, order, 0, 10_000, truth -> verdicts.add(truth.name())).cancel();
        advance(20_000);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void tellsWhatAConditionIsNow() {
        HealOrder order = fired("load < 3");
        ConditionRef ref = order.plan().verify().orElseThrow().condition();
        assertThat(ruler.now(ref, order)).isEqualTo(Truth.FALSE);
        sample(1_000, "load", 2, Map.of());
        advance(1_000);
        assertThat(ruler.now(ref, order)).isEqualTo(Truth.TRUE);
        advance(301_000);
        assertThat(ruler.now(ref, order)).isEqualTo(Truth.UNKNOWN);
    }
}
