package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.print.PackJson;
import io.prunella.compiler.print.RuleText;
import io.prunella.compiler.rule.PackModel;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CompileFixturesTest {

    @TestFactory
    Stream<DynamicTest> filesThatCompile() {
        return Fixtures.in("ok", ".dl").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compiles(file)));
    }

    private static void compiles(Path file) {
        Compilation compilation = Compiler.compile(Fixtures.single(file));
        Fixtures.golden(Fixtures.beside(file, ".dl", ".diag"),
                Fixtures.diagnostics(compilation.diagnostics(), ""));
        Fixtures.golden(Fixtures.beside(file, ".dl", ".rules"), rules(compilation.orThrow()));
        Fixtures.golden(Fixtures.beside(file, ".dl", ".plan.json"),
                PackJson.plans(compilation.orThrow(), compilation.provenance()));
    }

    static String rules(PackModel pack) {
        StringBuilder out = new StringBuilder("pack ").append(pack.name()).append(' ').append(pack.version())
                .append('\n');
        pack.metrics().values().forEach(metric -> RuleText.metric(metric, out));
        pack.rules().forEach(rule -> out.append('\n').append(RuleText.of(rule)));
        return out.toString();
    }

    @Test
    void everyGoldenFileHasItsInput() {
        assertThat(Fixtures.orphans("ok", ".dl", Set.of(".diag", ".plan.json", ".rules"))).isEmpty();
    }
}
