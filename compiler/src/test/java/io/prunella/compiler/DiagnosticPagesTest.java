package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every code of checks, analysis and packs has a page, whose bad example yields that code and no other, and whose good
 * one yields nothing.
 *
 * <p>Fences are those of the pages of the text: {@code dl bad} and {@code dl}; behind them, {@code pack} makes the
 * example a file of a pack instead of a pack of its own.
 */
class DiagnosticPagesTest {
    private static final Pattern PAGE = Pattern.compile(
            "# (DL\\d{3}): ([^\n]+)\n\n(.+?)\n\n```dl bad( pack)?\n(.*?)```\n\n```dl( pack)?\n(.*?)```\n",
            Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> pages() {
        return Arrays.stream(DiagnosticCode.values()).filter(code -> !code.id().startsWith("DL1"))
                .map(code -> DynamicTest.dynamicTest(code.id(), () -> page(code)));
    }

    private static void page(DiagnosticCode code) {
        Path file = Fixtures.ROOT.resolve("docs/reference/diagnostics/" + code.id() + ".md");
        Matcher page = PAGE.matcher(Fixtures.text(file));
        assertThat(page.matches()).as("the shape of a page").isTrue();
        assertThat(page.group(1)).isEqualTo(code.id());
        assertThat(page.group(2)).isEqualTo(code.title());
        assertThat(codes(code, page.group(4) != null, page.group(5))).as("codes of the bad example").containsOnly(code);
        assertThat(codes(code, page.group(6) != null, page.group(7))).as("codes of the good example").isEmpty();
    }

    @Test
    void everyPageBelongsToACode() throws IOException {
        Set<String> known = Arrays.stream(DiagnosticCode.values()).map(code -> code.id() + ".md")
                .collect(Collectors.toSet());
        try (Stream<Path> pages = Files.list(Fixtures.ROOT.resolve("docs/reference/diagnostics"))) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> name.startsWith("DL")))
                    .isSubsetOf(known);
        }
    }

    private static List<DiagnosticCode> codes(DiagnosticCode of, boolean pack, String example) {
        byte[] text = example.getBytes(StandardCharsets.UTF_8);
        TreeMap<String, String> actions = new TreeMap<>();
        actions.put("actions/reboot.yml", "00");
        PackSource source = pack
                ? new PackSource("example", "/pack", false,
                        List.of(new PackSource.File("rules/example.dl", "rules/example.dl", text)), actions,
                        "sha256:0", List.of())
                : PackSource.ofText("example.dl", text);
        // An example may use what is checked already and not executed yet.
        return Compiler.compile(source).diagnostics().stream().map(Diagnostic::code)
                .filter(code -> code != DiagnosticCode.NOT_EXECUTED_YET || of == code).toList();
    }
}
