package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ErrorFixturesTest {
    private static final Pattern MARKER = Pattern.compile("^# *(\\^+) (DL[0-9]{3})$");

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
        assertThat(places(compilation.diagnostics())).containsAll(marked(Fixtures.text(file)));
    }

    /** Line, column, width and code of each diagnostic. */
    private static List<String> places(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(d -> d.span().line() + ":" + d.span().column() + "+"
                + (d.span().end() - d.span().start()) + " " + d.code().id()).toList();
    }

    private static List<String> marked(String text) {
        List<String> marked = new ArrayList<>();
        int culprit = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher marker = MARKER.matcher(line);
            if (marker.matches()) {
                marked.add(culprit + ":" + (marker.start(1) + 1) + "+" + marker.group(1).length() + " "
                        + marker.group(2));
            } else {
                culprit = number;
            }
        }
        return marked;
    }

    @Test
    void everyGoldenFileHasItsInput() {
        assertThat(Fixtures.orphans("err", ".dl", Set.of(".diag"))).isEmpty();
    }
}
