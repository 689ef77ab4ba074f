package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.recording.ReadAhead;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationReport;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A recording of several pages says the same however many threads parse it. */
class ShardsTest {
    private static final String PACK = """
            rule pinned
              when: cpu_load > 90 for 20s
              then: execute("reboot_node")

            rule gone
              on event: "node_unreachable"
              when: cpu_load > 95
              then: execute("reboot_node")
            """;

    private static byte[] recording(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            long ts = 1_000L * i - (random.nextInt(50) == 0 ? random.nextInt(9_000) : 0);
            String entity = "node-" + random.nextInt(1 + i / 100);
            switch (random.nextInt(200)) {
                case 0 -> text.append("{\"ts\":").append(ts).append(",\"entity\":\"").append(entity)
                        .append("\",\"event\":\"node_unreachable\"}\n");
                case 1 -> text.append("no record\n");
                case 2 -> text.append("{\"ts\":").append(ts).append(",\"entity\":\"").append(entity)
                        .append("\",\"metric\":\"cpu_load\",\"value\":1,\"key").append(random.nextInt(6))
                        .append("\":1}\n");
                case 3 -> text.append("\n");
                default -> text.append("{\"ts\":").append(ts).append(",\"entity\":\"").append(entity)
                        .append("\",\"metric\":\"cpu_load\",\"value\":").append(random.nextInt(1_000) / 10.0)
                        .append("}\n");
            }
        }
        return text.append("{\"ts\":40000000,\"tick\":true}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private record Said(List<String> firings, SimulationReport report) {}

    private static Said simulate(PackModel pack, byte[] recording, ReadAhead ahead) throws IOException {
        List<String> firings = new ArrayList<>();
        SimulationReport report = Simulation.run(pack,
                List.of(new RecordingInput("r.jsonl", new ByteArrayInputStream(recording), ahead)),
                SimulationSettings.defaults(), firing -> firings.add(FiringJson.write(firing, true)));
        return new Said(firings, report);
    }

    private static PackModel pack() {
        return Compiler.compile(PackSource.ofText("shards.dl", PACK.getBytes(StandardCharsets.UTF_8))).pack()
                .orElseThrow();
    }

    @Test
    void saysTheSameWithAnyNumberOfShards() throws IOException {
        PackModel pack = pack();
        byte[] recording = recording(42);
        assertThat(recording.length).as("several pages").isGreaterThan(4 << 18);
        Said alone = simulate(pack, recording, ReadAhead.NONE);
        assertThat(alone.firings()).hasSizeGreaterThan(100);
        assertThat(alone.report().recording().late()).isPositive();
        assertThat(alone.report().recording().unusable()).isPositive();
        for (int shards : List.of(1, 2, 7)) {
            try (ExecutorService threads = Executors.newFixedThreadPool(shards)) {
                assertThat(simulate(pack, recording, new ReadAhead(threads, shards))).as(shards + " shards")
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    void saysTheSameOfWhatIsPackedAndCutOff() throws IOException {
        PackModel pack = pack();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(recording(7));
        }
        byte[] half = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        Said alone = simulate(pack, half, ReadAhead.NONE);
        assertThat(alone.report().recording().unreadable()).isNotEmpty();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            assertThat(simulate(pack, half, new ReadAhead(threads, 3))).isEqualTo(alone);
        }
    }
}
