package io.prunella.executor.lock;

import static io.prunella.executor.lock.ClaimLife.Event.DOOR_HELD;
import static io.prunella.executor.lock.ClaimLife.Event.DOOR_PASSED;
import static io.prunella.executor.lock.ClaimLife.Event.GONE;
import static io.prunella.executor.lock.ClaimLife.Event.LEASE_HELD;
import static io.prunella.executor.lock.ClaimLife.Event.LEASE_OURS;
import static io.prunella.executor.lock.ClaimLife.Event.LOCAL_HELD;
import static io.prunella.executor.lock.ClaimLife.Event.LOCAL_TAKEN;
import static io.prunella.executor.lock.ClaimLife.Event.NO_QUORUM;
import static io.prunella.executor.lock.ClaimLife.Event.RELEASE;
import static io.prunella.executor.lock.ClaimLife.Event.SILENT;
import static io.prunella.executor.lock.ClaimLife.Event.SILENT_TOLERATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prunella.executor.lock.ClaimLife.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimLifeTest {

    /** What happens to a claim, and where it must have led: state, whether it holds, all effects in order. */
    record History(List<Event> events, String end) {}

    static History history(String end, Event... events) {
        return new History(List.of(events), end);
    }

    static Stream<History> histories() {
        return Stream.of(
                history("REFUSED []", LOCAL_HELD),
                history("REFUSED [FREE_LOCAL]", LOCAL_TAKEN, DOOR_HELD),
                history("REFUSED [FREE_LOCAL]", LOCAL_TAKEN, NO_QUORUM),
                history("REFUSED [FREE_DOOR, FREE_LOCAL]", LOCAL_TAKEN, DOOR_PASSED, LEASE_HELD),
                history("REFUSED [FREE_DOOR, FREE_LOCAL]", LOCAL_TAKEN, DOOR_PASSED, SILENT),
                history("HELD holds [WATCH]", LOCAL_TAKEN, DOOR_PASSED, LEASE_OURS, LEASE_OURS),
                history("RELEASED [WATCH, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL]", LOCAL_TAKEN, DOOR_PASSED,
                        LEASE_OURS, RELEASE, RELEASE, LEASE_OURS, SILENT_TOLERATED, SILENT, GONE),
                history("RELEASED [WATCH, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL]", LOCAL_TAKEN, DOOR_PASSED,
                        LEASE_OURS, GONE, LEASE_OURS, SILENT_TOLERATED, SILENT, GONE, RELEASE),
                history("LOST [WATCH]", LOCAL_TAKEN, DOOR_PASSED, LEASE_OURS, GONE, LEASE_OURS),
                history("HELD holds [WATCH]", LOCAL_TAKEN, DOOR_PASSED, LEASE_OURS, SILENT, SILENT, LEASE_OURS),
                history("LOST [WATCH]", LOCAL_TAKEN, DOOR_PASSED, LEASE_OURS, SILENT, GONE),
                history("DEGRADED holds [WATCH, NOTE_DEGRADED]", LOCAL_TAKEN, DOOR_PASSED, LEASE_OURS, SILENT,
                        SILENT_TOLERATED),
                history("RELEASED [WATCH, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL]", LOCAL_TAKEN, DOOR_PASSED,
                        LEASE_OURS, SILENT, RELEASE),
                history("DEGRADED holds [WATCH, NOTE_DEGRADED]", LOCAL_TAKEN, DOOR_PASSED, LEASE_OURS,
                        SILENT_TOLERATED),
                history("DEGRADED holds [NOTE_DEGRADED, WATCH]", LOCAL_TAKEN, DOOR_PASSED, SILENT_TOLERATED,
                        SILENT_TOLERATED),
                history("HELD holds [NOTE_DEGRADED, WATCH]", LOCAL_TAKEN, DOOR_PASSED, SILENT_TOLERATED, LEASE_OURS),
                history("UNCONFIRMED [NOTE_DEGRADED, WATCH]", LOCAL_TAKEN, DOOR_PASSED, SILENT_TOLERATED, SILENT),
                history("LOST [NOTE_DEGRADED, WATCH]", LOCAL_TAKEN, DOOR_PASSED, SILENT_TOLERATED, GONE),
                history("RELEASED [NOTE_DEGRADED, WATCH, UNWATCH, REVOKE, FREE_DOOR, FREE_LOCAL]", LOCAL_TAKEN,
                        DOOR_PASSED, SILENT_TOLERATED, RELEASE));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void leadsWhereTheTableSays(History history) {
        var life = new ClaimLife();
        var effects = new ArrayList<ClaimLife.Effect>();
        history.events().forEach(e -> effects.addAll(life.on(e)));
        assertThat(life.state() + (life.holds() ? " holds " : " ") + effects).isEqualTo(history.end());
    }

    @Test
    void everyTransitionOfTheTableIsVisited() {
        var visited = new TreeSet<String>();
        histories().forEach(h -> {
            var life = new ClaimLife();
            for (Event event : h.events()) {
                visited.add(life.state() + " " + event);
                life.on(event);
            }
        });
        assertThat(visited).isEqualTo(transitions());
    }

    private static Set<String> transitions() {
        return ClaimLife.TABLE.entrySet().stream()
                .flatMap(e -> e.getValue().keySet().stream().map(event -> e.getKey() + " " + event))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void whatTheTableHasNotIsABugWithBothNames() {
        assertThatThrownBy(() -> new ClaimLife().on(RELEASE)).isInstanceOf(IllegalStateException.class)
                .hasMessage("a claim in state ASKING_LOCAL cannot take RELEASE");
    }
}
