package io.prunella.control.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.control.proof.TestReport.Failure;
import io.prunella.control.proof.TestReport.TestResult;
import io.prunella.dsl.diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
        assertThat(pack.diagnostics()).filteredOn(d -> d.severity() == Severity.ERROR).isEmpty();
        return new TestRunner(InstantSource.fixed(Instant.EPOCH), (_, _, _) -> List.of()).run(pack,
                Pattern.compile(""));
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
