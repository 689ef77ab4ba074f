package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Observation.Sample;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.decision.DecisionSession;
import io.prunella.ruler.topology.Topology;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a ruler leaves behind when nothing, or very much, happens. */
class SteadyStateTest {
    private static final String RULES = """
            on event: "node_unreachable"
            when: cpu_load > 95% AND duration > 30s
            then: execute("reboot_node", timeout: 45s, retry: 2)
            """;

    @Test
    void aSampleThatChangesNothingAllocatesNothing() {
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), _ -> {});
        ruler.load(List.of(Fixtures.compile("r.dl", RULES)));
        int[] series = new int[1000];
        for (int i = 0; i < series.length; i++) {
            series[i] = ruler.series("node-" + i, "cpu_load", Map.of("rack", "r" + i % 40));
        }
        feed(ruler, series, 0, 50);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(ruler, series, 50, 100);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // 50,000 samples: the few bytes are those of the measurement itself.
        assertThat(allocated).isLessThan(1_000);
    }

    private static void feed(Ruler ruler, int[] series, int from, int to) {
        for (int tick = from; tick < to; tick++) {
            for (int i = 0; i < series.length; i++) {
                ruler.sample(series[i], tick * 15_000L, (i * 7 + tick * 13) % 90 / 100.0);
            }
        }
    }

    @Test
    void manyFiringsLeaveNoFactBehind() {
        DecisionSession session = new DecisionSession();
        List<Firing> firings = new ArrayList<>();
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), firings::add, session);
        ruler.load(List.of(Fixtures.compile("r.dl", """
                rule edge
                  when: load > 5
                  then:
                    execute("reboot_node")
                    wait(20s)
                  cooldown: 1m
                  limit: 5 per 10m
                rule event
                  on event: "e"
                  when: load > 5 for 10s
                  then: execute("drain_node")
                """)));
        for (int i = 0; i < 2_000; i++) {
            long ts = i * 5_000L;
            String entity = "node-" + i % 50;
            ruler.offer(new Sample(ts, entity, "load", Map.of(), i % 3 * 4));
            ruler.offer(new EventSeen(ts, entity, "e", Optional.of("e" + i), false, Map.of(), Map.of()));
        }
        assertThat(firings).hasSizeGreaterThan(500);
        assertThat(session.size()).isPositive();
        ruler.advanceTo(2_000 * 5_000L + 3_600_000L);
        assertThat(session.size()).isZero();
    }

    @Test
    void daysOfDryRunsLeaveNothingBehind() {
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), _ -> {});
        ruler.load(List.of(Fixtures.compile("r.dl", """
                rule edge
                  severity: critical
                  when: load > 5
                  then:
                    execute("reboot_node")
                    wait(2s)
                rule tells
                  when: load > 5
                  then: notify("log", "{{ entity }}")
                rule asks
                  when: load > 5 AND time since heal "edge" < 1m
                  then: notify("log", "{{ entity }}")
                """)));
        int[] series = new int[50];
        for (int i = 0; i < series.length; i++) {
            series[i] = ruler.series("node-" + i, "load", Map.of());
        }
        long warm = heapAfterTicks(ruler, series, 0, 200);
        // 60,000 firings later, at most a few bytes of each are there: what is still held is held for all of them.
        assertThat(heapAfterTicks(ruler, series, 200, 1_000)).isLessThan(warm + 600_000);
    }

    private static long heapAfterTicks(Ruler ruler, int[] series, int from, int to) {
        for (int tick = from; tick < to; tick++) {
            for (int number : series) {
                ruler.sample(number, tick * 5_000L, tick % 2 * 10);
            }
        }
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void droolsStartsOnlyWhenSomethingHappens() {
        DecisionSession session = new DecisionSession();
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), _ -> {}, session);
        ruler.load(List.of(Fixtures.compile("r.dl", RULES)));
        ruler.offer(new Sample(0, "a", "cpu_load", Map.of(), 0.99));
        ruler.advanceTo(20_000);
        assertThat(session.running()).isFalse();
    }

    @Test
    void livePlansHoldTheirTargetsUntilTheyEnd() {
        List<Firing> firings = new ArrayList<>();
        Ruler ruler = new Ruler(new RulerSettings(Mode.AUTO, Mode.AUTO, Pace.CLOCK, 5_000, _ -> {}, Topology.EMPTY),
                firings::add);
        ruler.load(List.of(Fixtures.compile("r.dl", """
                rule r
                  on event: "e"
                  then: execute("reboot_node")
                rule s
                  on event: "s"
                  then: execute("drain_node")
                  cooldown: 10m
                """)));
        List<String> ids = List.of("1", "2", "3");
        for (int i = 0; i < ids.size(); i++) {
            ruler.offer(new EventSeen(i * 10_000L, "a", "e", Optional.of(ids.get(i)), false, Map.of(), Map.of()));
        }
        ruler.advanceTo(0);
        Firing first = firings.getFirst();
        assertThat(first.order().mode()).isEqualTo(Mode.AUTO);
        ruler.advanceTo(15_000);
        assertThat(firings.getLast().skipped()).contains(HealResult.SKIPPED_LOCKED);
        ruler.ended(first.traceId(), HealResult.SUCCEEDED, 15_000);
        ruler.advanceTo(20_000);
        assertThat(firings.getLast().skipped()).isEmpty();
        ruler.ended(firings.getLast().traceId(), HealResult.SUCCEEDED, 20_000);
        ruler.offer(new EventSeen(30_000, "a", "s", Optional.of("1"), false, Map.of(), Map.of()));
        ruler.offer(new EventSeen(40_000, "a", "s", Optional.of("2"), false, Map.of(), Map.of()));
        ruler.advanceTo(30_000);
        ruler.ended(firings.getLast().traceId(), HealResult.SKIPPED_LOCKED, 31_000);
        ruler.advanceTo(40_000);
        assertThat(firings.getLast().skipped()).isEmpty();
    }
}
