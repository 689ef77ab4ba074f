package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is far too much of something gives one clear message. */
class ExtremesTest {
    private static DiagnosticCode only(ParseResult parsed) {
        assertThat(parsed.diagnostics()).hasSize(1);
        return parsed.diagnostics().getFirst().code();
    }

    @Test
    void two_mebibytes_are_refused() {
        byte[] bytes = "# padding\n".repeat(210_000).getBytes(StandardCharsets.UTF_8);
        assertThat(only(DlParser.parse("big.dl", bytes))).isEqualTo(DiagnosticCode.FILE_TOO_LARGE);
        assertThat(only(DlParser.parse("big.dl", "ä".repeat(600_000)))).isEqualTo(DiagnosticCode.FILE_TOO_LARGE);
    }

    @Test
    void one_mebibyte_is_read() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < DlParser.LARGEST_FILE - 200; i++) {
            text.append("rule r" + i + """

                      when: cpu_load > 95% AND duration > 30s
                      then: execute("reboot_node", retry: 2)
                    """);
        }
        ParseResult parsed = DlParser.parse("big.dl", text.toString());
        assertThat(parsed.diagnostics()).isEmpty();
        assertThat(parsed.file().declarations()).hasSizeGreaterThan(10_000);
        assertThat(DlFormatter.format(parsed)).hasLineCount(parsed.file().declarations().size() * 4 - 1);
    }

    @Test
    void bytes_that_are_no_utf8_are_named() {
        ParseResult parsed = DlParser.parse("x.dl", new byte[]{'#', ' ', 'a', '\n', (byte) 0xC3, '('});
        assertThat(only(parsed)).isEqualTo(DiagnosticCode.NOT_UTF8);
        Diagnostic problem = parsed.diagnostics().getFirst();
        assertThat(problem.message()).isEqualTo("byte 0xc3 at offset 4 is not UTF-8");
        assertThat(problem.span().line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{a: ", "NOT ", "- ", "-", "NOT (", "f(", "a in [", "x + (", "any(nodes where "})
    void ten_thousand_levels_are_refused(String level) {
        assertThat(only(DlParser.parse("deep.dl", "when: " + level.repeat(10_000) + "x")))
                .isEqualTo(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void ten_thousand_levels_of_steps_are_refused() {
        assertThat(only(DlParser.parse("deep.dl", "on event: \"x\" then: " + "parallel { ".repeat(10_000))))
                .isEqualTo(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void a_hundred_levels_are_read_and_one_more_is_not() {
        assertThat(DlParser.parse("deep.dl", "when: " + "(".repeat(100) + "x" + ")".repeat(100)).diagnostics())
                .isEmpty();
        assertThat(only(DlParser.parse("deep.dl", "when: " + "(".repeat(101) + "x" + ")".repeat(101))))
                .isEqualTo(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void long_chains_cost_no_depth() {
        AtomicInteger comparisons = new AtomicInteger();
        ParseResult parsed = DlParser.parse("long.dl", "when: " + "NOT x > -1 AND ".repeat(20_000) + "y");
        assertThat(parsed.diagnostics()).isEmpty();
        Ast.walk(parsed.file(), node -> {
            if (node instanceof Expr.Comparison) {
                comparisons.incrementAndGet();
            }
        });
        assertThat(comparisons).hasValue(20_000);
        assertThat(only(DlParser.parse("long.dl", "when: " + "1 + ".repeat(20_000) + "y")))
                .isEqualTo(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void many_problems_are_capped() {
        ParseResult parsed = DlParser.parse("many.dl", "rule a\n  wehn: x > 1\n".repeat(1000));
        assertThat(parsed.diagnostics()).hasSize(51);
        assertThat(parsed.diagnostics().getLast().code()).isEqualTo(DiagnosticCode.TOO_MANY_PROBLEMS);
    }

    @Test
    void one_long_line_takes_no_longer_than_many_short_ones() {
        ParseResult parsed = DlParser.parse("line.dl", "rule a when: ä > 1 ".repeat(20_000));
        assertThat(parsed.diagnostics()).hasSize(51);
    }

    @Test
    void many_comments_take_no_longer_than_their_number() {
        String text = "rule r\n  # why\n  when: x > 1 # because\n  then: notify(\"a\", \"b\") # so\n\n# next\n"
                .repeat(8_000);
        ParseResult parsed = DlParser.parse("comments.dl", text);
        assertThat(parsed.hasErrors()).isFalse();
        assertThat(DlFormatter.format(parsed).lines().filter(line -> line.contains("#"))).hasSize(32_000);
    }
}
