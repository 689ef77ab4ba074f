package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * A flood of events costs each rule the same for each of them, however many are open: were it a step for each open one,
 * every one of these would take minutes.
 */
class ManyEventsTest {
    private static final int MANY = 200_000;
    private static final long T0 = 1_700_000_000_000L;

    private long fired;
    private long clock = T0;

    private Ruler ruler(String rule) {
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), _ -> fired++);
        ruler.load(List.of(Fixtures.compile("r.dl", rule)));
        return ruler;
    }

    /** One a millisecond, each in an instant of its own. */
    private void flood(Ruler ruler, LongFunction<Observation> record) {
        for (int i = 0; i < MANY; i++) {
            ruler.offer(record.apply(i));
            clock++;
        }
    }

    private EventSeen event(String type, Optional<String> id, boolean resolved) {
        return new EventSeen(clock, "e", type, id, resolved, Map.of("count", new Scalar.Quantity(1)), Map.of());
    }

    private EventSeen event(String type) {
        return event(type, Optional.empty(), false);
    }

    private static Optional<String> id(long number) {
        return Optional.of("i" + number);
    }

    @Test
    void ofEventsThatWaitForTheirCondition() {
        Ruler ruler = ruler("on event: \"x\"\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> event("x", i % 2 == 0 ? id(i) : Optional.empty(), false));
        ruler.advanceTo(clock);
        assertThat(fired).isZero();
    }

    @Test
    void ofEventsThatExpireWaiting() {
        Ruler ruler = ruler("on event: \"x\" open 100s\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, _ -> event("x"));
        ruler.advanceTo(clock + 200_000);
        ruler.sample(ruler.series("e", "load", Map.of()), clock + 200_001, 6);
        ruler.advanceTo(clock + 200_001);
        assertThat(fired).isZero();
    }

    @Test
    void ofEventsOfWhichTheConditionAsks() {
        Ruler ruler = ruler("on event: \"x\"\nwhen: event.count > load for 1m\nthen: notify(\"log\", \"x\")\n");
        ruler.sample(ruler.series("e", "load", Map.of()), clock, 5);
        flood(ruler, _ -> event("x"));
        ruler.advanceTo(clock);
        assertThat(fired).isZero();
    }

    @Test
    void ofEventsThatUntilHoldsBack() {
        Ruler ruler = ruler("""
                on event: "x"
                when: load > 5
                until: load > 9
                then: notify("log", "x")
                """);
        ruler.sample(ruler.series("e", "load", Map.of()), clock, 6);
        flood(ruler, _ -> event("x"));
        ruler.advanceTo(clock);
        assertThat(fired).isOne();
    }

    @Test
    void ofResolutionsWithAnId() {
        Ruler ruler = ruler("on event: \"x\"\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> event("x", id(i / 2), i % 2 == 1));
        clock = T0;
        Ruler late = ruler("on event: \"x\"\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(late, i -> event("x", id(i), false));
        clock++;
        flood(late, i -> event("x", id(MANY - 1 - i), true));
        late.sample(late.series("e", "load", Map.of()), clock, 6);
        late.advanceTo(clock);
        assertThat(fired).isZero();
    }

    @Test
    void ofResolutionsOfAnotherType() {
        Ruler ruler = ruler("on event: \"x\" | \"y\"\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> event("x", id(i), false));
        clock = T0 + MANY;
        flood(ruler, _ -> event("y", Optional.empty(), true));
        assertThat(fired).isZero();
    }

    @Test
    void ofFirstEventsOfASequence() {
        Ruler ruler = ruler(
                "on event: \"a\" followed by \"b\" within 5m\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> event(i < MANY / 2 ? "a" : "b"));
        ruler.advanceTo(clock);
        assertThat(fired).isZero();
    }

    @Test
    void ofMiddleEventsOfASequence() {
        Ruler ruler = ruler("""
                on event: "a" followed by "b" within 5m followed by "c" within 5m
                when: load > 5
                then: notify("log", "x")
                """);
        flood(ruler, i -> event(i < MANY / 4 ? "a" : i < MANY / 2 ? "b" : "c"));
        ruler.advanceTo(clock);
        assertThat(fired).isZero();
    }

    @Test
    void ofEventsThatAreCounted() {
        Ruler ruler = ruler("on event: \"x\" 1000000 times within 10m\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> event("x", id(i), false));
        Ruler counting = ruler("when: count(event \"x\", 10m) > 1000000\nthen: notify(\"log\", \"x\")\n");
        clock = T0;
        flood(counting, i -> event("x", id(i), false));
        assertThat(fired).isZero();
    }

    @Test
    void ofEventsThatAnotherMayFollow() {
        Ruler ruler = ruler("on event: \"a\" without \"b\" within 3m\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> event("a", i % 2 == 0 ? id(i) : Optional.empty(), false));
        ruler.advanceTo(clock + 180_000);
        clock = T0 + 400_000;
        flood(ruler, i -> event("a", id(i), false));
        clock = T0 + 400_000 + MANY;
        flood(ruler, i -> event("a", id(i), true));
        assertThat(fired).isZero();
    }

    @Test
    void ofAlerts() {
        Ruler ruler = ruler("on alert: \"x\"\nwhen: load > 5\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> alert(i, false, Map.of()));
        clock = T0 + MANY;
        flood(ruler, i -> alert(i, true, Map.of()));
        ruler.sample(ruler.series("e", "load", Map.of()), clock, 6);
        ruler.advanceTo(clock);
        assertThat(fired).isZero();
    }

    @Test
    void ofAlertsThatLackALabel() {
        Ruler ruler = ruler("on alert: \"x\"\nby: rack\nthen: notify(\"log\", \"x\")\n");
        flood(ruler, i -> alert(i, false, Map.of()));
        ruler.advanceTo(clock);
        assertThat(fired).isZero();
    }

    private AlertSeen alert(long number, boolean resolved, Map<String, String> labels) {
        return new AlertSeen(clock, "e", "x", "f" + number, T0, OptionalLong.empty(), resolved, Map.of(), labels);
    }
}
