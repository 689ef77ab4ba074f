package io.prunella.dsl;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are read and their problems shown; a right file keeps its meaning and comments when it is laid out. */
class ParseAndFormatFuzzTest {

    static Stream<Arguments> fixtures() throws IOException {
        Path folder = Path.of(System.getProperty("prunella.root", ".."), "dsl-grammar/src/test/fixtures");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inputs = files.filter(file -> file.toString().endsWith(".dl")).sorted().toList();
            List<Arguments> seeds = new ArrayList<>();
            for (Path input : inputs) {
                seeds.add(Arguments.of((Object) Files.readAllBytes(input)));
            }
            return seeds.stream();
        }
    }

    // Entries of a dictionary hold no quotes, backslashes or line ends.
    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"rule ", "on event: ", "when: ", "then: ", "execute(", "parallel {", "expr: ", "sli: ", "for: 5m",
            "limit: ", "metric x: ", "test ", "given:", "expect:", "at 20s: ", " AND ", " NOT ", "95%", "1h30m",
            "# c", "nodes where ", "time in 09:30..11:30", "job:errors:ratio5m"})
    void any_bytes(byte[] bytes) {
        ParseResult first = DlParser.parse("any.dl", bytes);
        DiagnosticRenderer renderer = new DiagnosticRenderer(List.of(first.source()));
        renderer.text(first.diagnostics(), true);
        renderer.jsonLines(first.diagnostics());
        renderer.sarif(first.diagnostics(), "0");
        if (first.hasErrors()) {
            return;
        }
        String formatted = DlFormatter.format(first);
        ParseResult second = DlParser.parse("any.dl", formatted);
        check(!second.hasErrors(), "the layout is no right file", formatted);
        check(Ast.sameMeaning(first.file(), second.file()), "the layout means something else", formatted);
        check(DlFormatter.format(second).equals(formatted), "the layout is laid out differently", formatted);
        check(first.comments().size() == second.comments().size(), "the layout has other comments", formatted);
    }

    private static void check(boolean holds, String what, String text) {
        if (!holds) {
            throw new AssertionError(what + ":\n" + text);
        }
    }
}
