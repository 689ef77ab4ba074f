package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PackFixturesTest {

    @TestFactory
    Stream<DynamicTest> folders() throws IOException {
        return packs().stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> compiles(folder)));
    }

    private static List<Path> packs() throws IOException {
        try (Stream<Path> children = Files.list(Fixtures.FIXTURES.resolve("pack"))) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void compiles(Path folder) {
        Compilation compilation = Compiler.compile(Fixtures.folder(folder));
        Fixtures.golden(Fixtures.beside(folder, "", ".diag"),
                Fixtures.diagnostics(compilation.diagnostics(), folder + "/"));
        Fixtures.golden(Fixtures.beside(folder, "", ".rules"),
                compilation.pack().map(CompileFixturesTest::rules).orElse(""));
        assertThat(compilation.pack().isEmpty()).isEqualTo(compilation.hasErrors());
    }

    @Test
    void everyGoldenFileHasItsInput() {
        assertThat(Fixtures.orphans("pack", "", Set.of(".diag", ".rules"))).isEmpty();
    }
}
