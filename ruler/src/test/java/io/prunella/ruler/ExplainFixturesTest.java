package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.ExplanationJson;
import io.prunella.ruler.explain.ExplanationText;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import io.prunella.ruler.topology.Topology;
import io.prunella.ruler.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Questions are answered as written beside their pack: {@code NAME.dl}, {@code NAME.jsonl}, {@code NAME.questions} with
 * a rule, an entity and an instant a line, and the answers in {@code NAME.txt}; {@code json} before a question asks for
 * JSON. {@code NAME.topology.yaml} is the topology, where there is one.
 */
class ExplainFixturesTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final int WIDTH = 80;
    private static final List<String> ENDS = List.of(".dl", ".jsonl", ".questions", ".txt", ".topology.yaml");

    private static Path folder() {
        return Path.of(System.getProperty("prunella.root", ".."), "ruler/src/test/explain");
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".dl"))
                    .map(name -> name.substring(0, name.length() - ".dl".length())).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> answers() throws IOException {
        return names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            Path golden = folder().resolve(name + ".txt");
            String actual = String.join("\n", run(name)) + "\n";
            if (UPDATE) {
                Files.writeString(golden, actual);
            }
            assertThat(golden).as("a missing golden file is written by -Dgolden.update=true").exists();
            assertThat(actual).isEqualTo(Files.readString(golden));
        }));
    }

    @Test
    void noFileIsOrphaned() throws IOException {
        Set<String> expected = new HashSet<>();
        for (String name : names()) {
            ENDS.forEach(end -> expected.add(name + end));
        }
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(expected::contains);
        }
    }

    private static List<String> run(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve(name + ".questions"));
        List<Question> questions = lines.stream().map(ExplainFixturesTest::question).toList();
        Path recording = folder().resolve(name + ".jsonl");
        Map<Question, Answer> answers = Simulation.ask(Fixtures.pack(folder().resolve(name + ".dl")),
                List.of(new RecordingInput(name + ".jsonl", Files.newInputStream(recording))),
                new SimulationSettings(OptionalLong.empty(), topology(name)), questions, _ -> {})
                .answers();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            out.add((i == 0 ? "" : "\n") + "? " + lines.get(i));
            switch (answers.get(questions.get(i))) {
                case Answer.Explained explained -> {
                    for (Explanation e : explained.explanations()) {
                        out.addAll(lines.get(i).startsWith("json ")
                                ? List.of(ExplanationJson.write(e))
                                : ExplanationText.lines(e, WIDTH, ExplanationText.Paint.PLAIN));
                    }
                }
                case Answer.NoSuchRule none -> out.add(none.toString());
                case Answer.NoRule none -> out.add(none.toString());
                case Answer.NoSuchSubject none -> out.add(none.toString());
                case null -> out.add("no answer");
            }
        }
        return out;
    }

    private static Topology topology(String name) throws IOException {
        Path file = folder().resolve(name + ".topology.yaml");
        return Files.exists(file)
                ? TopologyReader.read(Files.readAllBytes(file)).topology().orElseThrow()
                : Topology.EMPTY;
    }

    private static Question question(String line) {
        String[] words = line.replaceFirst("^json ", "").split(" ", 3);
        return Question.ofEntity(words[0], words[1], Instant.parse(words[2]).toEpochMilli());
    }
}
