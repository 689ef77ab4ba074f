package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An event that is kept once for many rules fires each of them as if it had one of its own. */
class SharedEventsTest {
    private final List<String> fired = new ArrayList<>();
    private final Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}),
            firing -> fired.add(firing.rule() + "@" + firing.ts()));

    private static String rule(String name, String condition) {
        return "rule " + name + "\n  on event: \"x\"\n  when: " + condition + "\n  then: notify(\"log\", \"x\")\n";
    }

    private void load(String... rules) {
        ruler.load(List.of(Fixtures.compile("r.dl", String.join("", rules))));
    }

    private void event(long ts, String id, boolean resolved) {
        ruler.offer(new EventSeen(ts, "e", "x", id.isEmpty() ? Optional.empty() : Optional.of(id), resolved, Map.of(),
                Map.of()));
    }

    private void load(long ts, double value) {
        ruler.sample(ruler.series("e", "load", Map.of()), ts, value);
    }

    @Test
    void firesEachRuleOnceAtTheInstantOfItsOwnGate() {
        load(rule("five", "load > 5"), rule("seven", "load >= 7"), rule("two", "load < 2"), rule("one", "load <= 1"));
        load(0, 3);
        event(10, "", false);
        load(20, 7);
        load(30, 3);
        load(40, 7);
        load(50, 1.5);
        load(60, 1);
        ruler.advanceTo(100);
        assertThat(fired).containsExactly("five@20", "seven@20", "two@50", "one@60");
    }

    @Test
    void firesForEachOfSeveralThatAreOpen() {
        load(rule("r", "load > 5"));
        event(1, "a", false);
        event(2, "b", false);
        event(3, "a", false);
        event(4, "b", true);
        event(5, "", false);
        load(6, 6);
        event(7, "a", false);
        event(8, "", true);
        event(9, "a", false);
        ruler.advanceTo(300_010);
        assertThat(fired).containsExactly("r@6", "r@6", "r@9");
    }

    @Test
    void losesNoneAtAReload() {
        load(rule("kept", "load > 5"), rule("changed", "load > 5"));
        event(1, "", false);
        ruler.advanceTo(1);
        load(rule("kept", "load > 5"), rule("changed", "load > 4"), rule("added", "load > 3"));
        load(2, 1);
        load(3, 6);
        event(4, "", false);
        ruler.advanceTo(10);
        assertThat(fired).containsExactly("kept@3", "added@4", "changed@4", "kept@4");
    }

    @Test
    void firesForWhatIsMadeOfAWindow() {
        load(rule("r", "max(load, 1m) > 5"));
        load(0, 6);
        load(1, 3);
        event(2, "", false);
        ruler.advanceTo(10);
        assertThat(fired).containsExactly("r@2");
    }

    @Test
    void keepsTheTimeOfAHoldThatBeganBeforeIt() {
        load(rule("r", "load > 5 AND duration >= 10s"));
        load(0, 6);
        event(4_000, "", false);
        ruler.advanceTo(20_000);
        assertThat(fired).containsExactly("r@10000");
    }

    @Test
    void showsThoseToWhomIsBornLate() {
        load("rule r\n  by: rack\n  on event: \"x\"\n  when: load > 5\n  then: notify(\"log\", \"x\")\n",
                "rule s\n  by: rack\n  on event: \"x\"\n  when: load > 4\n  then: notify(\"log\", \"x\")\n");
        event(1, "", false);
        event(2, "", true);
        event(3, "", false);
        ruler.sample(ruler.series("e", "load", Map.of("rack", "r1")), 4, 6);
        ruler.sample(ruler.series("e", "load", Map.of("rack", "r2")), 5, 5);
        ruler.advanceTo(10);
        assertThat(fired).containsExactly("r@4", "s@4", "s@5");
    }
}
