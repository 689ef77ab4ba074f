package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every code of the text has a page, whose bad example gives that code alone and whose good one gives nothing.
 *
 * <p>A page is {@code # CODE: title}, a paragraph, one fence {@code dl bad} and one fence {@code dl}. Behind {@code bad}
 * may stand {@code repeat N} (the example is that many of these) or {@code bytes} (with {@code \xHH} for a single byte).
 */
class DiagnosticPagesTest {
    private static final Pattern PAGE = Pattern.compile(
            "# (DL\\d{3}): ([^\n]+)\n\n(.+?)\n\n```dl bad ?([^\n]*)\n(.*?)```\n\n```dl\n(.*?)```\n", Pattern.DOTALL);

    private static Path folder() {
        return Fixtures.root().resolve("docs/reference/diagnostics");
    }

    private static Stream<DiagnosticCode> codes() {
        return Arrays.stream(DiagnosticCode.values()).filter(code -> code.id().startsWith("DL1"));
    }

    @TestFactory
    Stream<DynamicTest> pages_are_true() {
        return codes().map(code -> DynamicTest.dynamicTest(code.id(), () -> {
            Matcher page = PAGE.matcher(Fixtures.read(folder().resolve(code.id() + ".md")));
            assertThat(page.matches()).as("the shape of a page").isTrue();
            assertThat(page.group(1)).isEqualTo(code.id());
            assertThat(page.group(2)).isEqualTo(code.title());
            List<String> found = DlParser.parse("bad.dl", example(page.group(4), page.group(5))).diagnostics().stream()
                    .map(d -> d.code().id()).toList();
            if (code == DiagnosticCode.TOO_MANY_PROBLEMS) {
                assertThat(found).endsWith(code.id());
            } else {
                assertThat(found).containsExactly(code.id());
            }
            ParseResult good = DlParser.parse("good.dl", page.group(6));
            assertThat(good.diagnostics()).isEmpty();
            assertThat(good.file().declarations()).isNotEmpty();
        }));
    }

    @Test
    void pages_of_the_text_belong_to_a_code() {
        assertThat(Fixtures.files(folder(), ".md").stream().map(p -> p.getFileName().toString())
                .filter(name -> name.startsWith("DL1")))
                .containsExactlyInAnyOrderElementsOf(codes().map(code -> code.id() + ".md").toList());
        assertThat(Files.isDirectory(folder())).isTrue();
    }

    private static byte[] example(String kind, String text) {
        if (kind.startsWith("repeat ")) {
            return text.repeat(Integer.parseInt(kind.substring(7))).getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!kind.equals("bytes")) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\' && i + 3 < bytes.length && bytes[i + 1] == 'x') {
                out.write(Integer.parseInt(text, i + 2, i + 4, 16));
                i += 3;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toByteArray();
    }
}
