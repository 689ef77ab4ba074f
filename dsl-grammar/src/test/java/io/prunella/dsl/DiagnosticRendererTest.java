package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.dsl.diagnostic.Source;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Problems as people and tools see them. */
class DiagnosticRendererTest {
    private static final String TWICE = "rule a\n  when: x > 1\n  when: \"é\\q\"\n";

    private static String text(String dl) {
        ParseResult parsed = DlParser.parse("rules/a.dl", dl);
        return new DiagnosticRenderer(List.of(parsed.source())).text(parsed.diagnostics(), false);
    }

    @Test
    void text_shows_the_line_and_points_at_the_place() {
        assertThat(text("rule a\n  wehn: cpu_load > 95%\n")).isEqualTo("""
                error[DL105]: unknown clause `wehn`
                 --> rules/a.dl:2:3
                  |
                2 |   wehn: cpu_load > 95%
                  |   ^^^^
                  = help: did you mean `when`?
                """);
    }

    @Test
    void text_shows_further_places_with_what_they_have_to_do_with_it() {
        assertThat(text(TWICE)).contains("""
                error[DL106]: `when` is written twice
                 --> rules/a.dl:3:3
                  |
                3 |   when: "é\\q"
                  |   ^^^^
                  |
                2 |   when: x > 1
                  |   ^^^^ first here
                  = help: join the conditions with `AND` or `OR`
                """);
    }

    @Test
    void carets_stand_under_wide_characters_and_tabs() {
        assertThat(text("rule a\n\twhen: \"负载\" == 5parsec\n")).contains("""
                2 |     when: "负载" == 5parsec
                  |                     ^^^^^^^
                """);
    }

    @Test
    void colour_changes_nothing_but_the_colour() {
        ParseResult parsed = DlParser.parse("a.dl", TWICE);
        DiagnosticRenderer renderer = new DiagnosticRenderer(List.of(parsed.source()));
        String coloured = renderer.text(parsed.diagnostics(), true);
        assertThat(coloured).contains("\u001b[1;31merror[DL106]");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(renderer.text(parsed.diagnostics(), false));
    }

    @Test
    void long_lines_are_shown_around_the_place() {
        String shown = text(
                "rule a\n  when: " + "x > 1 AND ".repeat(500) + "y > 5parsec AND " + "z > 1 AND ".repeat(500)
                        + "z\n");
        assertThat(shown.lines().mapToInt(String::length).max().orElse(0)).isLessThan(200);
        List<String> lines = shown.lines().toList();
        assertThat(lines.get(3).substring(lines.get(4).indexOf('^'), lines.get(4).lastIndexOf('^') + 1))
                .isEqualTo("5parsec");
    }

    @Test
    void json_lines_have_one_object_a_problem() {
        ParseResult parsed = DlParser.parse("a.dl", TWICE);
        assertThat(new DiagnosticRenderer(List.of(parsed.source())).jsonLines(parsed.diagnostics())).isEqualTo(
                """
                        {"code":"DL106","severity":"error","file":"a.dl","span":{"line":3,"column":3,"endLine":3,"endColumn":7},\
                        "message":"`when` is written twice","labels":[{"file":"a.dl","span":{"line":2,"column":3,"endLine":2,\
                        "endColumn":7},"text":"first here"}],"help":"join the conditions with `AND` or `OR`"}
                        {"code":"DL108","severity":"error","file":"a.dl","span":{"line":3,"column":11,"endLine":3,"endColumn":13},\
                        "message":"unknown escape `\\\\q`","labels":[],"help":"write `\\\\\\\\` for a backslash; escapes are \
                        `\\\\\\"`, `\\\\\\\\`, `\\\\n`, `\\\\t` and `\\\\u{…}`"}
                        """);
    }

    @Test
    void json_escapes_what_json_must() {
        Diagnostic odd = new Diagnostic(DiagnosticCode.UNEXPECTED_INPUT, "a\"b\\\n", new Span(0, 1, 1, 1),
                "\u0001\t\r\u007f\ud800 ok \ud83d\ude00", List.of(), Optional.empty());
        assertThat(new DiagnosticRenderer(List.of()).jsonLines(List.of(odd))).contains("\"a\\\"b\\\\\\n\"")
                .contains("\"\\u0001\\t\\r\\u007f\\ud800 ok \ud83d\ude00\"");
    }

    @Test
    void sarif_is_one_run_with_rules_and_results() {
        ParseResult parsed = DlParser.parse("rules/a b.dl", TWICE);
        assertThat(new DiagnosticRenderer(List.of(parsed.source())).sarif(parsed.diagnostics().subList(0, 1), "0.1.0"))
                .isEqualTo(
                        """
                                {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":\
                                {"name":"prunella","version":"0.1.0","rules":[{"id":"DL106","shortDescription":{"text":"clause written \
                                twice"}}]}},"columnKind":"unicodeCodePoints","results":[{"ruleId":"DL106","level":"error","message":\
                                {"text":"`when` is written twice; join the conditions with `AND` or `OR`"},"locations":[\
                                {"physicalLocation":{"artifactLocation":{"uri":"rules/a%20b.dl"},"region":{"startLine":3,\
                                "startColumn":3,"endLine":3,"endColumn":7}}}],"relatedLocations":[{"physicalLocation":\
                                {"artifactLocation":{"uri":"rules/a%20b.dl"},"region":{"startLine":2,"startColumn":3,"endLine":2,\
                                "endColumn":7}},"message":{"text":"first here"}}]}]}]}
                                """);
    }

    @Test
    void a_place_in_an_unknown_file_is_shown_without_its_line() {
        Diagnostic far = new Diagnostic(DiagnosticCode.UNEXPECTED_INPUT, "a.dl", new Span(3, 5, 1, 4), "m", List.of(),
                Optional.empty());
        assertThat(new DiagnosticRenderer(List.of(new Source("b.dl", "text"))).text(far, false))
                .isEqualTo("error[DL104]: m\n --> a.dl:1:4\n");
    }

    @Test
    void the_nearest_name_is_found_within_reason() {
        List<String> names = List.of("drain_node", "reboot_node", "undrain_node");
        assertThat(Closest.to("rebot_node", names)).contains("reboot_node");
        assertThat(Closest.to("REBOOT_NODE", names)).contains("reboot_node");
        assertThat(Closest.to("erboot_node", names)).contains("reboot_node");
        assertThat(Closest.to("power_cycle", names)).isEmpty();
        assertThat(Closest.to("", names)).isEmpty();
        assertThat(Closest.to("x", List.of("y"))).contains("y");
        assertThat(Closest.to("a".repeat(1000), names)).isEmpty();
        assertThat(Closest.to("ab", List.of("bb", "aa"))).contains("aa");
        assertThat(Closest.question("rebot_node", names)).contains("did you mean `reboot_node`?");
    }
}
