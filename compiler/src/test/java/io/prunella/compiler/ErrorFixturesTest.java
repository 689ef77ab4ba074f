package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ErrorFixturesTest {
    @TestFactory
    Stream<DynamicTest> filesWithMistakes() {
        return Fixtures.in("err", ".dl").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> reports(file)));
    }

    private static void reports(Path file) {
        Compilation compilation = Compiler.compile(Fixtures.single(file));
        Fixtures.golden(Fixtures.beside(file, ".dl", ".diag"),
                Fixtures.diagnostics(compilation.diagnostics(), ""));
        assertThat(compilation.hasErrors()).isTrue();
        assertThat(compilation.pack()).isEmpty();
        assertThat(Fixtures.places(compilation.diagnostics())).containsAll(Fixtures.marked(Fixtures.text(file)));
    }

    @Test
    void everyGoldenFileHasItsInput() {
        assertThat(Fixtures.orphans("err", ".dl", Set.of(".diag"))).isEmpty();
    }
}
