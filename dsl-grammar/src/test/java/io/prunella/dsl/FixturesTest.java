package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every fixture gives the tree, the messages or the layout that lies beside it. */
class FixturesTest {
    private static final Pattern MARKER = Pattern.compile("^( *)#( *)(\\^*) (DL\\d{3})$");

    private static ParseResult parse(Path path) {
        return DlParser.parse(path.getFileName().toString(), Fixtures.read(path));
    }

    @TestFactory
    Stream<DynamicTest> right_files_give_their_tree() {
        return Fixtures.golden("ok", ".ast", path -> {
            ParseResult parsed = parse(path);
            assertThat(parsed.diagnostics()).isEmpty();
            return Ast.print(parsed.file());
        });
    }

    @TestFactory
    Stream<DynamicTest> right_files_are_laid_out() {
        return Fixtures.golden("ok", ".fmt", path -> DlFormatter.format(parse(path)));
    }

    @TestFactory
    Stream<DynamicTest> untidy_files_are_laid_out() {
        return Fixtures.golden("fmt", ".fmt", path -> DlFormatter.format(parse(path)));
    }

    @TestFactory
    Stream<DynamicTest> wrong_files_give_their_messages() {
        return Fixtures.golden("err", ".diag", path -> {
            ParseResult parsed = parse(path);
            return new DiagnosticRenderer(List.of(parsed.source())).text(parsed.diagnostics(), false);
        });
    }

    @TestFactory
    Stream<DynamicTest> messages_stand_under_the_marked_places() {
        return Fixtures.inputs("err").stream().map(path -> DynamicTest.dynamicTest(path.getFileName().toString(),
                () -> assertThat(found(parse(path))).isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(marked(Fixtures.read(path)))));
    }

    @Test
    void every_code_of_the_text_has_a_fixture_or_cannot_have_one() {
        Set<DiagnosticCode> seen = EnumSet.of(DiagnosticCode.NOT_UTF8, DiagnosticCode.FILE_TOO_LARGE,
                DiagnosticCode.TOO_MANY_PROBLEMS);
        for (Path path : Fixtures.inputs("err")) {
            parse(path).diagnostics().forEach(d -> seen.add(d.code()));
        }
        assertThat(Stream.of(DiagnosticCode.values()).filter(code -> code.id().startsWith("DL1"))).isSubsetOf(seen);
    }

    // Markers: `# ^^^ DL104` below the line; at its very beginning the `#` counts as the first `^`.
    private static List<String> marked(String text) {
        List<String> marks = new ArrayList<>();
        int culprit = 0;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher marker = MARKER.matcher(line);
            if (!marker.matches()) {
                culprit = number;
            } else if (marker.group(2).isEmpty()) {
                marks.add(culprit + ":" + marker.start(2) + "+" + (1 + marker.group(3).length()) + " "
                        + marker.group(4));
            } else {
                marks.add(culprit + ":" + (marker.start(3) + 1) + "+" + marker.group(3).length() + " "
                        + marker.group(4));
            }
        }
        return marks;
    }

    private static List<String> found(ParseResult parsed) {
        List<String> found = new ArrayList<>();
        for (Diagnostic d : parsed.diagnostics()) {
            String line = parsed.source().line(d.span().line());
            int rest = Math.max(1, line.length() - d.span().column() + 1);
            int length = Math.max(1, Math.min(rest, d.span().end() - d.span().start()));
            found.add(d.span().line() + ":" + d.span().column() + "+" + length + " " + d.code().id());
        }
        return found;
    }
}
