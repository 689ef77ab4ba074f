package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import io.prunella.ruler.topology.Topology;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a server denies, tried on recordings. */
class ServerGuardsTest {
    private static final String RULES = """
            action wipe
              uses: command("wipe")
              destructive: true
            action look
              uses: command("look")
            channel log: log
            rule wipe
              on event: "wipe"
              then:
                execute("wipe")
                wait(10s)
              cooldown: 1s
            rule look
              on event: "look"
              then: execute("look")
            rule grave
              severity: critical
              when: up == 0
              then: notify("log", "x")
            """;

    private static List<String> fire(String... lines) throws IOException {
        List<String> fired = new ArrayList<>();
        SimulationSettings settings = new SimulationSettings(OptionalLong.empty(), Topology.EMPTY,
                Optional.of(ServerGuards.DEFAULTS), EntityMapping.DEFAULT);
        Simulation.run(Fixtures.compile("r.dl", RULES),
                List.of(new RecordingInput("r", new ByteArrayInputStream(
                        String.join("\n", lines).getBytes(StandardCharsets.UTF_8)))),
                settings, f -> fired.add(f.ts() / 1000 + " " + f.rule() + " " + f.entity() + " "
                        + f.skipped().map(Enum::name).orElse("through") + f.skippedBy().map(s -> ": " + s).orElse("")));
        return fired;
    }

    private static String event(int second, String entity, String type, String labels) {
        return "{\"ts\":%d,\"entity\":\"%s\",\"event\":\"%s\",\"labels\":{%s}}".formatted(second * 1000, entity, type,
                labels);
    }

    private static String up(int second, String entity, int value) {
        return "{\"ts\":%d,\"entity\":\"%s\",\"metric\":\"up\",\"value\":%d}".formatted(second * 1000, entity, value);
    }

    @Test
    void destructiveHealsAreFewAtOnceAndOneADomain() throws IOException {
        assertThat(fire(event(0, "a", "wipe", ""), event(1, "b", "wipe", ""), event(2, "b", "look", ""),
                event(10, "b", "wipe", "\"rack\":\"r1\""), event(20, "c", "wipe", "\"rack\":\"r1\""),
                event(20, "vm/x", "wipe", "\"rack\":\"r1\""))).containsExactly("0 wipe a through",
                        "1 wipe b SKIPPED_GUARD: guards.destructive_in_flight: 1 of `node` at most",
                        "2 look b through", "10 wipe b through", "20 wipe c through",
                        "20 wipe vm/x SKIPPED_GUARD: guards.per_domain: 1 per rack, and `r1` has it");
    }

    @Test
    void aTargetHealedTooOftenGoesToQuarantine() throws IOException {
        assertThat(fire(event(0, "a", "wipe", ""), event(20, "a", "wipe", ""), event(40, "a", "wipe", ""),
                event(60, "a", "look", ""), event(60 + 86_400, "a", "look", ""))).containsExactly(
                        "0 wipe a through", "20 wipe a through",
                        "40 wipe a SKIPPED_GUARD: guards.per_target: 2 per 1d on `a`",
                        "60 look a SKIPPED_GUARD: `a` is in quarantine", "86460 look a through");
    }

    @Test
    void aRuleWithoutACooldownHasTheServers() throws IOException {
        assertThat(fire(event(0, "a", "look", ""), event(599, "a", "look", ""), event(600, "a", "look", "")))
                .containsExactly("0 look a through", "599 look a SKIPPED_COOLDOWN: cooldown of `a`",
                        "600 look a through");
    }

    @Test
    void nothingBeginsInAStormUntilItHasBeenCalmForLong() throws IOException {
        assertThat(fire(up(0, "a", 1), up(0, "b", 1), up(0, "c", 1), up(0, "d", 1), up(0, "e", 1), up(0, "f", 1),
                up(1, "a", 0), event(2, "f", "look", ""), up(3, "b", 0), event(4, "e", "look", ""),
                up(10, "a", 1), event(11, "d", "look", ""), event(309, "c", "look", ""),
                event(310, "b", "look", ""))).containsExactly("1 grave a through", "2 look f through",
                        "3 grave b through",
                        "4 look e SKIPPED_GUARD: guards.storm: too many of `node` are unhealthy",
                        "11 look d SKIPPED_GUARD: guards.storm: too many of `node` are unhealthy",
                        "309 look c SKIPPED_GUARD: guards.storm: too many of `node` are unhealthy",
                        "310 look b through");
    }
}
