package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever the text, it is read; whatever the program, it survives its layout. */
class PropertiesTest {
    private ProgramText programs = new ProgramText();

    @BeforeTry
    void fresh() {
        programs = new ProgramText();
    }

    @Property(tries = 2000)
    void any_soup_of_tokens_is_read(@ForAll("soups") String text) {
        survives(text);
    }

    @Property(tries = 1000)
    void any_characters_are_read(@ForAll String text) {
        survives(text);
    }

    @Property(tries = 500)
    void any_bytes_are_read(@ForAll byte[] bytes) {
        DlParser.parse("any.dl", bytes);
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void any_program_survives_its_layout(@ForAll("programs") String text) {
        RepositoryTest.assertRoundTrip(text);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void a_program_with_one_token_less_is_read(@ForAll("programs") String text, @ForAll int seed) {
        String[] tokens = text.split("(?<=\\W)|(?=\\W)");
        tokens[Math.floorMod(seed, tokens.length)] = "";
        survives(String.join("", tokens));
    }

    private static void survives(String text) {
        ParseResult parsed = DlParser.parse("any.dl", text);
        DiagnosticRenderer renderer = new DiagnosticRenderer(List.of(parsed.source()));
        assertThat(renderer.text(parsed.diagnostics(), true)).doesNotContain("HEADLESS");
        renderer.jsonLines(parsed.diagnostics());
        renderer.sarif(parsed.diagnostics(), "0");
        assertThat(parsed.diagnostics())
                .allSatisfy(d -> assertThat(d.span().end()).isLessThanOrEqualTo(text.length()));
        if (!parsed.hasErrors()) {
            String formatted = DlFormatter.format(parsed);
            assertThat(DlFormatter.format(DlParser.parse("any.dl", formatted))).isEqualTo(formatted);
        }
    }

    @Provide
    Arbitrary<String> soups() {
        return Arbitraries.of("rule", "record", "slo", "metric", "event", "action", "channel", "pack", "test", "guard",
                "suppress", "on event:", "on", "when:", "when", "then:", "expr:", "sli:", "for:", "for", "by", "by:",
                "limit:", "given:", "expect:", "at", "stub:", "result:", "uses:", "deny:", "verify:", "within", "every",
                "objective:", "over", "execute(", "notify(", "parallel {", "x", "a:b", "a.b", "node-1", "nodes",
                "where",
                "count(", "time", "in", "since", "AND", "or", "NOT", "true", "(", ")", "[", "]", "{", "}", ",", ":",
                "|", "..", "->", "=", "==", "=~", "!", "<", ">=", "+", "-", "*", "/", "%", "95%", "30s", "1h30m", "5",
                "1_0", "10MB/s", "9x", "09:30", "\"a\"", "\"", "\"\"\"", "'", "`", "\\", "# c", "\n", "\n  ", "負", "🙂")
                .list().ofMaxSize(40).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> programs() {
        return programs.files();
    }
}
