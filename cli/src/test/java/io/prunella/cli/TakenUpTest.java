package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Firing;
import io.prunella.ruler.FiringJson;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TakenUpTest {
    private static final String RULE = """
            on event: "e"
            when: cpu_load > %s AND duration > 1s
            then: notify("log", "x")
            """;
    private static final String RECORDS = """
            {"ts":0,"entity":"a","metric":"cpu_load","value":0.97}
            {"ts":0,"entity":"a","event":"e","id":"17"}
            {"ts":9000,"tick":true}
            """;

    private static PackModel pack(String threshold) {
        return Compiler.compile(PackSource.ofText("r.dl", RULE.formatted(threshold).getBytes(StandardCharsets.UTF_8)))
                .orThrow();
    }

    private static Firing fired(PackModel pack) throws IOException {
        List<Firing> firings = new ArrayList<>();
        Simulation.run(pack, List.of(new RecordingInput("r",
                new ByteArrayInputStream(RECORDS.getBytes(StandardCharsets.UTF_8)))), SimulationSettings.defaults(),
                firings::add);
        return firings.getFirst();
    }

    @Test
    void aHealTakenUpHasTheLineThatItsFiringWouldHaveHad() throws IOException {
        PackModel pack = pack("95%");
        Firing firing = fired(pack);
        assertThat(FiringJson.write(TakenUp.firing(firing.order(), pack), HealResult.HEALED, false))
                .isEqualTo(FiringJson.write(firing, HealResult.HEALED, false)).contains("\"event\":\"17\"");
    }

    @Test
    void thePlanOfARuleThatIsGoneIsNotMadeUp() throws IOException {
        Firing firing = fired(pack("95%"));
        PackModel other = Compiler.compile(PackSource.ofText("other.dl",
                RULE.formatted("95%").replace("\"x\"", "\"y\"").getBytes(StandardCharsets.UTF_8))).orThrow();
        assertThat(FiringJson.write(TakenUp.firing(firing.order(), other), HealResult.HEALED, false))
                .contains("\"trace_id\":\"" + firing.traceId() + "\",\"plan\":[],");
    }
}
