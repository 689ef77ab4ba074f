package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.ExplanationJson;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is printed is what the published schemas say, on every fixture. */
class PublishedSchemasTest {
    private static final String BECAUSE = "\"because\":";

    private static Schema schema(String name) throws IOException {
        Path file = Path.of(System.getProperty("prunella.root", ".."), "docs/reference", name);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Files.readString(file));
    }

    /** The long form stands at the end of a firing's line. */
    private static String because(String line) {
        return line.substring(line.indexOf(BECAUSE) + BECAUSE.length(), line.length() - 1);
    }

    @TestFactory
    Stream<DynamicTest> theLongFormOfBecause() throws IOException {
        Schema schema = schema("because.schema.json");
        return Fixtures.packs().stream().map(dl -> DynamicTest.dynamicTest(Fixtures.base(dl), () -> {
            List<String> lines = new ArrayList<>();
            Simulation.run(Fixtures.pack(dl), Fixtures.inputs(dl), SimulationSettings.defaults(),
                    firing -> lines.add(FiringJson.write(firing, true)));
            for (String line : lines) {
                assertThat(schema.validate(because(line), InputFormat.JSON)).as(line).isEmpty();
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> explanations() throws IOException {
        Schema schema = schema("explanation.schema.json");
        return Fixtures.packs().stream().map(dl -> DynamicTest.dynamicTest(Fixtures.base(dl), () -> {
            PackModel pack = Fixtures.pack(dl);
            Set<Long> instants = new LinkedHashSet<>();
            Simulation.run(pack, Fixtures.inputs(dl), SimulationSettings.defaults(), firing -> instants.addAll(
                    List.of(firing.ts() - 1, firing.ts(), firing.ts() + 1_000)));
            Set<Question> questions = new LinkedHashSet<>();
            instants.forEach(at -> pack.rules().forEach(rule -> questions.add(Question.ofAll(rule.name(), at))));
            for (Answer answer : Simulation.ask(pack, Fixtures.inputs(dl), SimulationSettings.defaults(), questions,
                    _ -> {}).answers().values()) {
                if (answer instanceof Answer.Explained explained) {
                    explained.explanations().forEach(e -> {
                        String line = ExplanationJson.write(e);
                        assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
                    });
                }
            }
        }));
    }

    @Test
    void theSchemasRefuseWhatIsNotPrinted() throws IOException {
        Schema schema = schema("because.schema.json");
        assertThat(schema.validate("{\"cpu_load\":{\"value\":0.97,\"operator\":\">\",\"threshold\":0.95}}",
                InputFormat.JSON)).isEmpty();
        assertThat(schema.validate("{\"cpu_load\":0.97}", InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate("{\"cpu_load\":{\"operator\":\">\"}}", InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate("{\"cpu_load\":{\"value\":1,\"operator\":\"~\"}}", InputFormat.JSON)).isNotEmpty();
        assertThat(schema("explanation.schema.json").validate("{}", InputFormat.JSON)).isNotEmpty();
    }
}
