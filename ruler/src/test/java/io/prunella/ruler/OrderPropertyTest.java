package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.recording.RecordingWriter;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The order of lines decides nothing where the language says that it doesn't. */
class OrderPropertyTest {
    private static final PackModel PACK = Fixtures.compile("order.dl", """
            rule held
              when: load > 5 AND mem > 5 for 8s
              unless: maintenance == 1
              then: execute("reboot_node")
              limit: 3 per 1m
            rule event
              priority: 3
              on event: "e"
              when: load > 5
              then:
                execute("drain_node")
                wait(4s)
            """);

    /** Records in order of time; no two of one series, and no two events of one id, at one time. */
    private static List<Observation> records(Random random) {
        List<Observation> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long ts = i * 1_000L;
            for (String entity : List.of("a", "b")) {
                for (String metric : List.of("load", "mem", "maintenance")) {
                    if (random.nextInt(4) == 0) {
                        int most = metric.equals("maintenance") ? 2 : 9;
                        records.add(new Observation.Sample(ts, entity, metric, Map.of(), random.nextInt(most)));
                    }
                }
                if (random.nextInt(8) == 0) {
                    records.add(new Observation.EventSeen(ts, entity, "e", Optional.of("e" + ts), false, Map.of(),
                            Map.of()));
                }
            }
        }
        return records;
    }

    @Property(tries = 100)
    void withinOneInstant(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Observation> records = records(random);
        List<Observation> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, random);
        shuffled.sort(Comparator.comparingLong(Observation::ts));
        assertThat(simulated(List.of(shuffled))).isEqualTo(simulated(List.of(records)));
    }

    @Property(tries = 100)
    void withinTheLateness(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Observation> records = records(random);
        Map<Observation, Long> arrival = new HashMap<>();
        records.forEach(record -> arrival.put(record, record.ts() + random.nextInt(5_001)));
        List<Observation> late = new ArrayList<>(records);
        late.sort(Comparator.comparing(record -> arrival.getOrDefault(record, 0L)));
        assertThat(simulated(List.of(late))).isEqualTo(simulated(List.of(records)));
    }

    @Property(tries = 100)
    void acrossRecordings(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Observation> records = records(random);
        List<List<Observation>> parts = IntStream.range(0, 3).<List<Observation>>mapToObj(_ -> new ArrayList<>())
                .collect(Collectors.toList());
        records.forEach(record -> parts.get(random.nextInt(3)).add(record));
        assertThat(simulated(parts)).isEqualTo(simulated(List.of(records)));
    }

    private static List<String> simulated(List<List<Observation>> recordings) throws IOException {
        List<RecordingInput> inputs = new ArrayList<>();
        for (List<Observation> recording : recordings) {
            String text = recording.stream().map(record -> RecordingWriter.line(record) + "\n")
                    .collect(Collectors.joining());
            inputs.add(new RecordingInput("r.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        }
        List<String> lines = new ArrayList<>();
        Simulation.run(PACK, inputs, SimulationSettings.defaults(), firing -> lines.add(FiringJson.write(firing)));
        return lines;
    }
}
