package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An event by its number does what the same event as an object does. */
class EventDoorTest {
    private static final List<String> TYPES = List.of("a", "b", "c");
    private static final String RULES = """
            rule absent
              on event: "a" without "b" within 5s
            rule either
              on event: "a" | "c" without "a" | "b" within 3s
            rule seldom
              on event: "a" without "b" where event.id == "1" within 4s
            rule gated
              on event: "b" open 8s
              when: load > 5
            rule asking
              on event: "b" where event.type == "b"
              when: load > 3 for 2s
            rule sequence
              on event: "a" followed by "b" within 4s
            rule thrice
              on event: "c" 3 times within 9s
            """;
    private static final String BY_RACK = """
            rule wide
              by: rack
              on event: "b" open 8s
              when: load > 4
            """;
    private static final String COUNTING = """
            rule counted
              when: count(event "c", 6s) >= 2
            """;

    @Property(tries = 40)
    void doesWhatAnObjectDoes(@ForAll long seed) {
        List<PackModel> packs = List.of(Fixtures.compile("r.dl", RULES),
                Fixtures.compile("r.dl", RULES + BY_RACK), Fixtures.compile("r.dl", RULES + COUNTING));
        assertThat(run(packs, seed, true)).isEqualTo(run(packs, seed, false)).isNotEmpty();
    }

    private static List<String> run(List<PackModel> packs, long seed, boolean byNumber) {
        Random random = new Random(seed);
        List<String> fired = new ArrayList<>();
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}),
                firing -> fired.add(firing.rule() + " " + firing.entity() + " " + firing.traceId()));
        ruler.load(List.of(packs.get(random.nextInt(packs.size()))));
        long ts = 0;
        for (int i = 0; i < 300; i++) {
            ts += random.nextInt(800);
            long at = ts - random.nextInt(500);
            String entity = "e" + random.nextInt(3);
            String type = TYPES.get(random.nextInt(TYPES.size()));
            int kind = random.nextInt(20);
            if (kind < 12) {
                if (byNumber) {
                    ruler.event(ruler.eventKey(entity, type, Map.of()), at);
                } else {
                    ruler.offer(new EventSeen(at, entity, type, Optional.empty(), false, Map.of(), Map.of()));
                }
            } else if (kind < 14) {
                ruler.offer(new EventSeen(at, entity, type, Optional.empty(), true, Map.of(), Map.of()));
            } else if (kind < 19) {
                ruler.sample(ruler.series(entity, "load", Map.of("rack", "r" + random.nextInt(2))), at,
                        random.nextInt(10));
            } else if (random.nextInt(4) == 0) {
                ruler.load(List.of(packs.get(random.nextInt(packs.size()))));
            }
        }
        ruler.advanceTo(ts + 600_000);
        return fired;
    }
}
