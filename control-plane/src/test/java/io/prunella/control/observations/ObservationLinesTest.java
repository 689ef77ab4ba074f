package io.prunella.control.observations;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.Observation;
import io.prunella.ruler.recording.EntityMapping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A line is read alike the first time and the thousandth, however much quicker. */
class ObservationLinesTest {
    private static final long NOW = 1_793_527_200_000L;
    private static final List<String> LINES = List.of(
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\",\"value\":0.97}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\",\"value\":0.97,\"labels\":{\"rack\":\"r1\"}}",
            "{\"ts\":\"2026-11-01T09:59:58Z\",\"entity\":\"node/n1\",\"metric\":\"x\",\"value\":-1}\r",
            "{\"entity\":\"n1\",\"metric\":\"x\",\"value\":3}",
            "{\"ts\":1793527201000,\"entity\":\"n1\",\"metric\":\"x\",\"value\":4}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\",\"stale\":true}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\",\"value\":\"NaN\"}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\",\"value\":1e300}",
            "{\"ts\":1793527199000,\"metric\":\"x\",\"value\":5,\"labels\":{\"node\":\"n7\"}}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\\u0041\",\"value\":6}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"metric\":\"x\",\"value\":7,\"note\":\"kept\"}",
            "{\"ts\":1793527199000,\"entity\":\"n1\",\"event\":\"e\",\"id\":\"1\"}",
            "{\"ts\":1793527199000,\"tick\":true}", "{\"ts\":1793527209000,\"tick\":true}", "  ");

    private final ObservationLines lines = new ObservationLines(() -> "id", EntityMapping.DEFAULT);

    private ObservationLines.Read read(String text) {
        return lines.read(text.getBytes(StandardCharsets.UTF_8), NOW, Optional.empty());
    }

    private static String log(ObservationLines.Read read) {
        return new String(read.bytes("first"), StandardCharsets.UTF_8);
    }

    @Test
    void aLineIsReadAlikeTheSecondTime() {
        String body = String.join("\n", LINES);
        ObservationLines.Read first = read(body);
        assertThat(first.problems()).isEmpty();
        ObservationLines.Read second = read(body + "\n");
        assertThat(second.observations()).isEqualTo(first.observations());
        assertThat(log(second)).isEqualTo(log(first));
        assertThat(second.clamped()).isEqualTo(first.clamped()).isEqualTo(2);
    }

    @Test
    void alertmanagersWebhookBecomesALineForEachAlert() {
        ObservationLines.Read read = read("""
                {
                  "receiver": "prunella", "status": "firing", "version": "4", "groupKey": "{}:{}",
                  "alerts": [
                    {"status": "firing", "labels": {"alertname": "Down", "node": "n7", "severity": "critical"},
                     "annotations": {"summary": "gone"}, "startsAt": "2026-11-01T09:59:00Z",
                     "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "9f8e7d6c5b4a3210"},
                    {"status": "resolved", "labels": {"alertname": "Burn"}, "startsAt": "2026-11-01T09:00:00Z",
                     "endsAt": "2026-11-01T09:30:00Z", "fingerprint": "1"}
                  ]
                }
                """);
        assertThat(read.problems()).isEmpty();
        assertThat(read.observations()).containsExactly(
                new Observation.AlertSeen(NOW, "n7", "Down", "9f8e7d6c5b4a3210", NOW - 60_000, OptionalLong.empty(),
                        false, Map.of("summary", "gone"),
                        Map.of("alertname", "Down", "node", "n7", "severity", "critical")),
                new Observation.AlertSeen(NOW, "alert/Burn", "Burn", "1", NOW - 3_600_000,
                        OptionalLong.of(NOW - 1_800_000), true, Map.of(), Map.of("alertname", "Burn")));
        // What the log keeps is read back to the same, and is a recording.
        assertThat(log(read).lines().skip(1).map(ObservationLines::logged).flatMap(Optional::stream).toList())
                .isEqualTo(read.observations());
    }

    @Test
    void alertsAreLinesToo() {
        assertThat(read("{\"ts\":1793527199000,\"entity\":\"n1\",\"alert\":\"Down\",\"labels\":{\"a\":\"b\"}}")
                .observations())
                .singleElement()
                .satisfies(seen -> assertThat(((Observation.AlertSeen) seen).fingerprint()).hasSize(16));
        assertThat(read("{\"entity\":\"n1\",\"alert\":\"Down\",\"state\":\"gone\"}").problems()).singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("no alert has"));
        assertThat(read("{\"receiver\":\"x\",\"alerts\":[{\"labels\":{}}]}").problems()).singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("no label `alertname`"));
        assertThat(read("{\"receiver\":\"x\"}").problems()).singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("no list `alerts`"));
    }

    @Test
    void whatIsKnownIsReadWithItsOwnTimeAndValue() {
        read(LINES.getFirst());
        ObservationLines.Read known = read(LINES.getFirst().replace("199000", "198000").replace("0.97", "12"));
        Observation.Sample sample = (Observation.Sample) known.observations().getFirst();
        assertThat(sample.ts()).isEqualTo(NOW - 2_000);
        assertThat(sample.value()).isEqualTo(12);
    }

    @Test
    void theLogCanBeReplayedToTheSameObservations() {
        ObservationLines.Read read = read(String.join("\n", LINES));
        List<Observation> again = log(read).lines().skip(1)
                .flatMap(line -> ObservationLines.logged(line).stream()).toList();
        assertThat(again)
                .isEqualTo(read.observations().stream().filter(o -> !(o instanceof Observation.Tick)).toList());
    }

    @Test
    void aBrokenLineIsToldEveryTime() {
        read(LINES.getFirst());
        for (int i = 0; i < 2; i++) {
            assertThat(read(LINES.getFirst() + "\n" + LINES.getFirst().replace("0.97", "0.97x")).problems())
                    .singleElement().extracting(LineProblem::line).isEqualTo(2);
        }
    }
}
