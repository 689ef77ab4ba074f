package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationReport;
import io.prunella.ruler.simulation.SimulationSettings;
import io.prunella.ruler.topology.Topology;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A simulation's clock ends at the last record, inclusive, or where it is told to. */
class UntilTest {
    private final List<Long> fired = new ArrayList<>();

    private SimulationReport run(String recording, OptionalLong until) throws IOException {
        return Simulation.run(Fixtures.compile("r.dl", """
                rule r
                  when: load > 5 for 10s
                  then: notify("log", "x")
                """), List.of(new RecordingInput("r.jsonl",
                new ByteArrayInputStream(recording.getBytes(StandardCharsets.UTF_8)))),
                new SimulationSettings(until, Topology.EMPTY),
                firing -> fired.add(firing.ts()));
    }

    private static String load(long ts, int value) {
        return "{\"ts\":" + ts + ",\"entity\":\"a\",\"metric\":\"load\",\"value\":" + value + "}\n";
    }

    @Test
    void endsAtTheLastRecord() throws IOException {
        run(load(0, 6) + "{\"ts\":9999,\"tick\":true}\n", OptionalLong.empty());
        assertThat(fired).isEmpty();
        run(load(0, 6) + "{\"ts\":10000,\"tick\":true}\n", OptionalLong.empty());
        assertThat(fired).containsExactly(10_000L);
    }

    @Test
    void runsOnUntilItsEnd() throws IOException {
        run(load(0, 6), OptionalLong.of(10_000));
        assertThat(fired).containsExactly(10_000L);
    }

    @Test
    void seesNothingBeyondItsEnd() throws IOException {
        run(load(0, 6) + load(20_000, 1), OptionalLong.of(9_999));
        assertThat(fired).isEmpty();
    }

    @Test
    void whatIsLateIsLateForALineBeyondItsEnd() throws IOException {
        SimulationReport report = run(load(0, 6) + load(14_000, 6) + load(8_999, 1), OptionalLong.of(10_000));
        assertThat(report.recording().late()).isEqualTo(1);
        assertThat(fired).containsExactly(10_000L);
        fired.clear();
        run(load(0, 6) + load(14_000, 6) + load(9_000, 1), OptionalLong.of(10_000));
        assertThat(fired).isEmpty();
    }

    @Test
    void withoutRecordsThereIsNoClock() throws IOException {
        assertThat(run("", OptionalLong.of(10_000)).recording().lines()).isZero();
        assertThat(run("\n\n", OptionalLong.empty()).firings()).isZero();
    }
}
