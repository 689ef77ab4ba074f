package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The file that started the language works unmodified, and whatever is left of it gives sensible messages. */
class SampleTest {
    private static final String SAMPLE = """
            # health-check-fail.dl
            on event: "node_unreachable"
            when: cpu_load > 95% AND duration > 30s
            then: execute("reboot_node", timeout: 45s, retry: 2)
            """;
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[A-Za-z_]+|[0-9]+[a-z%]*|[^\\sA-Za-z0-9]");

    @Test
    void is_read_as_what_it_says() {
        ParseResult parsed = DlParser.parse("health-check-fail.dl", SAMPLE);

        assertThat(parsed.diagnostics()).isEmpty();
        Declaration.Rule rule = (Declaration.Rule) parsed.file().declarations().getFirst();
        assertThat(rule.name()).isEmpty();
        assertThat(rule.doc()).containsExactly("health-check-fail.dl");
        Expr.And when = (Expr.And) ((Clause.When) rule.clauses().get(1)).condition();
        assertThat(((Expr.Comparison) when.operands().getFirst()).right())
                .isInstanceOfSatisfying(Expr.NumberLiteral.class, n -> assertThat(n.value()).isEqualTo(0.95));
        assertThat(((Expr.Comparison) when.operands().get(1)).left())
                .isInstanceOfSatisfying(Expr.Keyword.class,
                        k -> assertThat(k.term()).isEqualTo(Expr.KeywordTerm.DURATION));
    }

    @Test
    void is_laid_out_already() {
        assertThat(DlFormatter.format(DlParser.parse("health-check-fail.dl", SAMPLE))).isEqualTo(SAMPLE);
    }

    @Test
    void every_prefix_gives_few_messages_with_places_in_the_text() {
        for (int end = 0; end <= SAMPLE.length(); end++) {
            assertFew(SAMPLE.substring(0, end));
        }
    }

    @Test
    void every_prefix_of_its_bytes_is_read() {
        byte[] bytes = SAMPLE.replace("node", "nödé").getBytes(StandardCharsets.UTF_8);
        for (int end = 0; end <= bytes.length; end++) {
            assertThat(DlParser.parse("p.dl", Arrays.copyOf(bytes, end)).diagnostics()).hasSizeLessThan(4);
        }
    }

    @Test
    void every_token_left_out_gives_one_message_or_another_right_file() {
        List<String> silent = new ArrayList<>();
        Matcher token = TOKEN.matcher(SAMPLE);
        token.find(SAMPLE.indexOf('\n'));
        do {
            String text = SAMPLE.substring(0, token.start()) + SAMPLE.substring(token.end());
            List<Diagnostic> found = assertFew(text);
            if (found.isEmpty()) {
                silent.add(token.group());
            } else {
                assertThat(found).as("without %s: %s", token.group(), text).hasSize(1);
            }
        } while (token.find());
        // Without these the file still has a meaning.
        assertThat(silent).isEmpty();
    }

    @Test
    void every_token_written_twice_gives_few_messages() {
        Matcher token = TOKEN.matcher(SAMPLE);
        while (token.find()) {
            assertFew(SAMPLE.substring(0, token.end()) + " " + SAMPLE.substring(token.start()));
        }
    }

    private static List<Diagnostic> assertFew(String text) {
        ParseResult parsed = DlParser.parse("p.dl", text);
        assertThat(parsed.diagnostics()).as(text).hasSizeLessThanOrEqualTo(3).allSatisfy(d -> {
            assertThat(d.span().end()).isLessThanOrEqualTo(text.length());
            assertThat(d.message()).doesNotContain("mismatched", "extraneous", "viable", "<EOF>", "K_", "D_");
        });
        if (!parsed.hasErrors()) {
            RepositoryTest.assertRoundTrip(text);
        }
        return parsed.diagnostics();
    }
}
