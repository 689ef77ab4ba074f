package io.prunella.ruler.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.plan.HealResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times are in seconds; {@code a5-b7} is a pair, {@code a5} a firing of A that nothing answers. */
class PairingTest {
    private static final long REACH = 60_000;

    @Test
    void those_of_one_instant_find_each_other() {
        assertThat(pairs(at(0, 10, 20), at(0, 10, 20))).containsExactly("a0-b0", "a10-b10", "a20-b20");
    }

    @Test
    void a_shift_is_a_pair_and_not_two_firings() {
        assertThat(pairs(at(0, 100), at(5, 130))).containsExactly("a0-b5", "a100-b130");
        assertThat(pairs(at(5), at(0))).containsExactly("a5-b0");
    }

    @Test
    void the_nearest_is_the_answer() {
        assertThat(pairs(at(0, 40), at(50))).containsExactly("a0", "a40-b50");
        assertThat(pairs(at(20), at(0, 25))).containsExactly("b0", "a20-b25");
    }

    @Test
    void what_is_out_of_reach_is_no_answer() {
        assertThat(pairs(at(0), at(60))).containsExactly("a0-b60");
        assertThat(pairs(at(0), at(61))).containsExactly("a0", "b61");
    }

    @Test
    void a_missing_one_leaves_the_others_as_they_are() {
        assertThat(pairs(at(0, 10, 20, 30), at(0, 20, 30))).containsExactly("a0-b0", "a10", "a20-b20", "a30-b30");
    }

    @Test
    void pairs_do_not_cross() {
        assertThat(pairs(at(0, 10), at(10, 20))).containsExactly("a0", "a10-b10", "b20");
    }

    @Test
    void subjects_and_events_are_kept_apart() {
        assertThat(Pairing.of(List.of(fired(0, "node-1", "")), List.of(fired(0, "node-2", "")), REACH)).hasSize(2);
        assertThat(Pairing.of(List.of(fired(0, "n", "e-1"), fired(1, "n", "e-2")),
                List.of(fired(1, "n", "e-1"), fired(2, "n", "e-2")), REACH).stream().map(PairingTest::text))
                .containsExactly("a0-b1", "a1-b2");
    }

    private static List<String> pairs(List<Fired> a, List<Fired> b) {
        return Pairing.of(a, b, REACH).stream().map(PairingTest::text).toList();
    }

    private static String text(Pairing.Pair pair) {
        String a = pair.a().map(fired -> "a" + fired.ts() / 1000).orElse("");
        String b = pair.b().map(fired -> "b" + fired.ts() / 1000).orElse("");
        return a.isEmpty() || b.isEmpty() ? a + b : a + "-" + b;
    }

    private static List<Fired> at(long... seconds) {
        return Arrays.stream(seconds).mapToObj(second -> fired(second, "node-1", "")).toList();
    }

    private static Fired fired(long second, String entity, String event) {
        return new Fired(second * 1000, "r", entity, Map.of("entity", entity), HealResult.DRY_RUN, "0".repeat(32),
                event, List.of());
    }
}
