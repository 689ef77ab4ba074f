package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every code of checks, analysis and packs has a page, whose bad example yields that code and nothing else. */
class DiagnosticPagesTest {
    private static final Pattern BLOCK = Pattern.compile("```(dl|dl pack)\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> pages() {
        return Arrays.stream(DiagnosticCode.values()).filter(code -> !code.id().startsWith("DL1"))
                .map(code -> DynamicTest.dynamicTest(code.id(), () -> page(code)));
    }

    private static void page(DiagnosticCode code) {
        Path file = Fixtures.ROOT.resolve("docs/reference/diagnostics/" + code.id() + ".md");
        String text = Fixtures.text(file);
        assertThat(text).startsWith("# " + code.id() + ": " + code.title() + "\n");
        Matcher blocks = BLOCK.matcher(text);
        assertThat(blocks.find()).as("a bad example").isTrue();
        assertThat(codes(blocks)).as("codes of the bad example").containsOnly(code);
        assertThat(blocks.find()).as("a good example").isTrue();
        assertThat(codes(blocks)).as("codes of the good example").isEmpty();
    }

    private static List<DiagnosticCode> codes(Matcher block) {
        byte[] text = block.group(2).getBytes(StandardCharsets.UTF_8);
        TreeMap<String, String> actions = new TreeMap<>();
        actions.put("actions/reboot.yml", "00");
        PackSource source = block.group(1).equals("dl")
                ? PackSource.ofText("example.dl", text)
                : new PackSource("example", "/pack", false,
                        List.of(new PackSource.File("rules/example.dl", "rules/example.dl", text)), actions, "sha256:0",
                        List.of());
        return new ArrayList<>(Compiler.compile(source).diagnostics().stream().map(Diagnostic::code).toList());
    }
}
