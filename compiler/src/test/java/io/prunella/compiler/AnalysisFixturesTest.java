package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What analysis says of small rules, and that it says nothing of those beside them.
 *
 * <p>Every warning is marked under its place; the golden file beside it shows the chain that proves it. Other bands are
 * left out: these rules declare little.
 */
class AnalysisFixturesTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return Fixtures.in("analysis", ".dl").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> warns(file)));
    }

    private static void warns(Path file) {
        List<Diagnostic> found = Compiler.compile(Fixtures.single(file)).diagnostics();
        assertThat(found).as("texts that can be read").noneMatch(d -> d.code().id().startsWith("DL1"));
        List<Diagnostic> analysis = found.stream().filter(d -> d.code().id().startsWith("DL3")).toList();
        Fixtures.golden(Fixtures.beside(file, ".dl", ".diag"), Fixtures.diagnostics(analysis, ""));
        assertThat(Fixtures.places(analysis)).containsExactlyInAnyOrderElementsOf(Fixtures.marked(Fixtures.text(file)));
    }

    @Test
    void everyGoldenFileHasItsInput() {
        assertThat(Fixtures.orphans("analysis", ".dl", Set.of(".diag"))).isEmpty();
    }
}
