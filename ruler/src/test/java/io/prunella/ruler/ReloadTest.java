package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Observation.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules change while records flow. */
class ReloadTest {
    private final List<String> fired = new ArrayList<>();
    private final Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}),
            firing -> fired.add(firing.rule() + " on " + firing.entity() + " at " + firing.ts() / 1000
                    + firing.skipped().map(r -> " " + r).orElse("")));

    private static PackModel pack(String... rules) {
        return Fixtures.compile("p.dl", String.join("\n", rules));
    }

    private static final String HELD = """
            rule held
              when: load > 5 for 30s
              then: notify("log", "x")
            """;
    private static final String EVENT = """
            rule event
              on event: "e"
              when: up == 0
              then: execute("reboot_node")
              cooldown: 10m
              limit: 2 per 1h
            """;

    private void sample(long second, String entity, String metric, double value) {
        ruler.offer(new Sample(second * 1000, entity, metric, Map.of(), value));
    }

    private void event(long second, String id) {
        ruler.offer(new EventSeen(second * 1000, "a", "e", Optional.of(id), false, Map.of(), Map.of()));
    }

    private void advance(long second) {
        ruler.advanceTo(second * 1000);
    }

    @Test
    void unchangedRulesKeepTheirHolds() {
        ruler.load(List.of(pack(HELD)));
        sample(0, "a", "load", 6);
        advance(20);
        ReloadReport report = ruler
                .load(List.of(pack("rule other\n  when: load > 9\n  then: notify(\"log\", \"y\")", HELD)));
        advance(60);
        assertThat(fired).containsExactly("held on a at 30");
        assertThat(report).isEqualTo(new ReloadReport(List.of("held"), List.of("other"), List.of()));
    }

    @Test
    void unchangedRulesStayDisarmed() {
        ruler.load(List.of(pack(HELD)));
        sample(0, "a", "load", 6);
        advance(40);
        ruler.load(List.of(pack(HELD)));
        sample(41, "a", "load", 7);
        advance(100);
        assertThat(fired).containsExactly("held on a at 30");
    }

    @Test
    void changedRulesActOnlyAfterTheirConditionWasFalse() {
        ruler.load(List.of(pack(HELD)));
        sample(0, "a", "load", 6);
        sample(0, "b", "load", 1);
        advance(20);
        ReloadReport report = ruler.load(List.of(pack(HELD.replace("30s", "10s"))));
        assertThat(report.armedAnew()).containsExactly("held");
        assertThat(report.gone()).isEmpty();
        sample(30, "b", "load", 6);
        sample(30, "c", "load", 6);
        sample(50, "a", "load", 1);
        sample(60, "a", "load", 6);
        advance(80);
        assertThat(fired).containsExactly("held on b at 40", "held on c at 40", "held on a at 70");
    }

    @Test
    void unchangedRulesKeepEventsCooldownsAndBudgets() {
        ruler.load(List.of(pack(EVENT)));
        sample(0, "a", "up", 0);
        event(1, "one");
        sample(2, "a", "up", 1);
        event(3, "waits");
        advance(4);
        ruler.load(List.of(pack(HELD, EVENT)));
        sample(5, "a", "up", 0);
        advance(6);
        assertThat(fired).containsExactly("event on a at 1",
                "event on a at 3 SKIPPED_COOLDOWN".replace("at 3", "at 5"));
        sample(601, "a", "up", 0);
        event(601, "two");
        sample(1300, "a", "up", 0);
        event(1300, "three");
        advance(1300);
        assertThat(fired.subList(2, 4)).containsExactly("event on a at 601", "event on a at 1300 SKIPPED_LIMIT");
    }

    @Test
    void eventsOpenAtAChangeAreNotTheChangedRulesOwn() {
        ruler.load(List.of(pack(EVENT)));
        sample(0, "a", "up", 1);
        event(1, "before");
        advance(2);
        ruler.load(List.of(pack(EVENT.replace("10m", "1m"))));
        sample(3, "a", "up", 0);
        event(4, "after");
        advance(10);
        assertThat(fired).containsExactly("event on a at 4");
    }

    @Test
    void rulesThatAreGoneFireNoMore() {
        ruler.load(List.of(pack(HELD)));
        sample(0, "a", "load", 6);
        advance(20);
        assertThat(ruler.load(List.of(pack(EVENT))).gone()).containsExactly("held");
        advance(60);
        assertThat(fired).isEmpty();
    }

    @Test
    void metricsThatMeanAnotherThingChangeTheirRules() {
        ruler.load(List.of(pack("metric load: number, stale after 10m", HELD)));
        sample(0, "a", "load", 6);
        advance(20);
        assertThat(ruler.load(List.of(pack("metric load: number, stale after 1m", HELD))).armedAnew())
                .containsExactly("held");
    }
}
