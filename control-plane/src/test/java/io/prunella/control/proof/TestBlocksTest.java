package io.prunella.control.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.control.proof.TestReport.Failure;
import io.prunella.control.proof.TestReport.TestResult;
import io.prunella.dsl.diagnostic.Severity;
import io.prunella.ruler.Observation;
import io.prunella.ruler.topology.Topology;
import io.prunella.ruler.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Fixtures: a `.dl` with tests, and beside it the report that they give. */
class TestBlocksTest {
    private static final Path FIXTURES = Path.of(System.getProperty("prunella.root"),
            "control-plane/src/test/fixtures/proof");

    @TestFactory
    Stream<DynamicTest> reports() throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(FIXTURES)) {
            inputs = files.filter(f -> f.toString().endsWith(".dl")).sorted().toList();
        }
        assertThat(inputs).isNotEmpty();
        return inputs.stream().map(f -> DynamicTest.dynamicTest(String.valueOf(f.getFileName()), () -> check(f)));
    }

    @TestFactory
    Stream<DynamicTest> everyReportHasItsInput() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.filter(f -> f.toString().endsWith(".out")).sorted().toList().stream()
                    .map(f -> DynamicTest.dynamicTest(String.valueOf(f.getFileName()),
                            () -> assertThat(Path.of(f.toString().replace(".out", ".dl"))).exists()));
        }
    }

    private static void check(Path input) throws IOException {
        Path golden = Path.of(input.toString().replace(".dl", ".out"));
        String report = text(run(input));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, report);
        }
        assertThat(report).isEqualTo(Files.readString(golden)).isEqualTo(text(run(input)));
    }

    private static TestReport run(Path input) throws IOException {
        Compilation pack = Compiler.compile(
                PackSource.ofText(String.valueOf(input.getFileName()), Files.readAllBytes(input)));
        Path fleet = Path.of(input.toString().replace(".dl", ".topology.yaml"));
        Topology topology = Files.exists(fleet)
                ? TopologyReader.read(Files.readAllBytes(fleet)).topology().orElseThrow()
                : Topology.EMPTY;
        assertThat(pack.diagnostics()).filteredOn(d -> d.severity() == Severity.ERROR).isEmpty();
        return new TestRunner(InstantSource.fixed(Instant.EPOCH), TestBlocksTest::recorded, topology).run(pack,
                Pattern.compile(""));
    }

    /** A node that is unreachable from 5 s on, at ten in the morning of a real day. */
    private static List<Observation> recorded(PackModel pack, String path, Consumer<String> problems) {
        long ten = Instant.parse("2026-11-01T10:00:00Z").toEpochMilli();
        return List.of(new Observation.Sample(ten, "node-17", "cpu_load", Map.of(), 0.97),
                new Observation.EventSeen(ten + 5_000, "node-17", "node_unreachable", Optional.of("e-1"), false,
                        Map.of(),
                        Map.of()));
    }

    private static String text(TestReport report) {
        StringBuilder out = new StringBuilder();
        for (TestResult test : report.tests()) {
            out.append(test.passed() ? "ok    " : "FAIL  ").append(test.title()).append('\n');
            for (Failure failure : test.failures()) {
                out.append("  ").append(failure.span().line()).append(": ").append(failure.message()).append('\n');
                failure.details().forEach(d -> out.append("    ").append(d).append('\n'));
            }
        }
        return out.toString();
    }
}
