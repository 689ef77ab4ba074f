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
    private Ruler ruler = started();
    private String watched = "";
    private int reloads;

    private Ruler started() {
        return new Ruler(RulerSettings.simulation(_ -> {}),
                firing -> fired.add(firing.rule() + " on " + firing.entity() + " at " + firing.ts() / 1000
                        + firing.skipped().map(r -> " " + r).orElse("")));
    }

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

    private void seen(long second, String entity, String type) {
        ruler.offer(new EventSeen(second * 1000, entity, type, Optional.empty(), false, Map.of(), Map.of()));
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

    private static final String OTHER = """
            rule other
              when: load > %d for 5s
              then: notify("log", "y")
            """;

    /** What fires with these rules in force when records come, and a reload that changes other rules after each. */
    private List<String> fired(String rules, Runnable records, boolean reloading) {
        fired.clear();
        reloads = reloading ? 1 : 0;
        watched = rules;
        ruler = started();
        ruler.load(List.of(pack(rules)));
        records.run();
        return List.copyOf(fired);
    }

    private void reload() {
        if (reloads > 0) {
            ruler.load(List.of(pack(reloads % 3 == 0 ? "" : OTHER.formatted(100 + reloads), watched)));
            reloads++;
        }
    }

    private void assertNothingHappens(String rules, Runnable records, String... expected) {
        assertThat(fired(rules, records, false)).containsExactly(expected);
        assertThat(fired(rules, records, true)).containsExactly(expected);
    }

    private void steps(long... seconds) {
        for (long second : seconds) {
            advance(second);
            reload();
        }
    }

    @Test
    void unchangedRulesKeepTheSamplesOfTheirWindows() {
        assertNothingHappens("""
                rule average
                  when: avg(load, 1m) > 5 AND max(load, 30s) < 20
                  then: notify("log", "x")
                """, () -> {
            sample(0, "a", "load", 9);
            steps(0, 5);
            sample(10, "a", "load", 0);
            steps(10, 59, 60);
            // The nine has left.
            sample(61, "a", "load", 11);
            steps(61, 65, 70, 95);
            sample(100, "a", "load", 1);
            steps(100, 125, 161);
        }, "average on a at 0", "average on a at 61");
    }

    @Test
    void unchangedRulesGoOnCountingTheFleet() {
        assertNothingHappens("""
                rule fleet
                  when: count(nodes where up == 0 for 10s) >= 2 AND label.rack == "r1"
                  then: notify("log", "x")
                """, () -> {
            ruler.offer(new Sample(0, "a", "up", Map.of("rack", "r1"), 0));
            sample(0, "b", "up", 1);
            sample(0, "c", "up", 1);
            steps(0, 5, 10);
            sample(12, "b", "up", 0);
            steps(12, 15, 21, 22);
            sample(23, "b", "up", 1);
            steps(23);
            sample(24, "c", "up", 0);
            steps(24, 30, 33, 40);
        }, "fleet on a at 22", "fleet on a at 34");
    }

    @Test
    void unchangedRulesKeepWhatTheirSequencesWaitFor() {
        assertNothingHappens("""
                rule then_b
                  on event: "A" followed by "B" within 30s followed by "C" within 10s
                  when: load > 5
                  then: notify("log", "x")
                rule no_b
                  on event: "A" without "B" within 20s
                  then: notify("log", "x")
                rule often
                  on event: "A" 2 times within 1m
                  then: notify("log", "x")
                """, () -> {
            sample(0, "a", "load", 6);
            sample(0, "b", "load", 6);
            seen(1, "a", "A");
            seen(2, "b", "A");
            steps(2, 10, 20);
            seen(21, "b", "B");
            seen(25, "a", "B");
            steps(25, 30);
            seen(31, "b", "C");
            seen(36, "a", "C");
            steps(36, 40);
            seen(50, "a", "A");
            steps(50, 69, 70, 80);
        }, "no_b on a at 21", "then_b on b at 31", "often on a at 50", "no_b on a at 70");
    }

    @Test
    void unchangedRulesSeeValuesGrowStaleWhenTheyWouldHave() {
        assertNothingHappens("""
                metric load: number, stale after 20s
                rule gone
                  when: absent(load)
                  then: notify("log", "x")
                rule held
                  when: load > 5 for 30s
                  then: notify("log", "x")
                """, () -> {
            sample(0, "a", "load", 6);
            sample(0, "b", "up", 1);
            steps(0, 10);
            sample(15, "a", "load", 7);
            steps(15, 20, 34, 35, 36);
            sample(40, "a", "load", 8);
            steps(40, 59, 60, 61);
        }, "gone on b at 0", "held on a at 30", "gone on a at 35", "gone on a at 60");
    }

    @Test
    void aMetricThatIsAskedForOnlyLaterGrowsStaleToo() {
        ruler.load(List.of(pack(OTHER.formatted(1))));
        sample(0, "a", "up", 1);
        sample(0, "b", "up", 1);
        advance(10);
        ruler.load(List.of(pack("metric up: number, stale after 20s", OTHER.formatted(1), """
                rule gone
                  when: absent(up)
                  then: notify("log", "x")
                """)));
        sample(15, "b", "up", 1);
        advance(100);
        assertThat(fired).containsExactly("gone on a at 20", "gone on b at 35");
    }

    @Test
    void aValueThatIsToBeValidForLessTimeIsSoFromTheLoadOn() {
        ruler.load(List.of(pack("metric up: number, stale after 1h",
                "rule gone\n  when: absent(up)\n  then: notify(\"log\", \"x\")")));
        sample(0, "a", "up", 1);
        advance(10);
        ruler.load(List.of(pack("metric up: number, stale after 1m",
                "rule gone\n  when: absent(up)\n  then: notify(\"log\", \"x\")")));
        advance(7200);
        assertThat(fired).containsExactly("gone on a at 60");
    }

    @Test
    void manyChangedRulesLeaveTheOthersAlone() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append("rule r").append(i).append("\n  when: load > ").append(1000 + i)
                    .append("\n  then: notify(\"log\", \"y\")\n");
        }
        ruler.load(List.of(pack(HELD, EVENT, many.toString())));
        sample(0, "a", "load", 6);
        sample(0, "a", "up", 0);
        event(1, "one");
        advance(20);
        ruler.load(List.of(pack(HELD, EVENT, many.toString().replace("load > 1", "load > 2"))));
        event(25, "two");
        advance(40);
        assertThat(fired).containsExactly("event on a at 1", "event on a at 25 SKIPPED_COOLDOWN", "held on a at 30");
    }
}
