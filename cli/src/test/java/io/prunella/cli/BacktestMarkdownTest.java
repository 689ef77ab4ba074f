package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacktestMarkdownTest {

    @Test
    void what_users_wrote_stands_in_code() {
        assertThat(BacktestMarkdown.code("node-1")).isEqualTo("`node-1`");
        assertThat(BacktestMarkdown.code("*bold* [x](http://y) @admin #1 <b>"))
                .isEqualTo("`*bold* [x](http://y) @admin #1 <b>`");
    }

    @Test
    void nothing_in_it_can_end_the_code() {
        assertThat(BacktestMarkdown.code("a`b")).isEqualTo("`` a`b ``");
        assertThat(BacktestMarkdown.code("``` <script> ``")).isEqualTo("```` ``` <script> `` ````");
        assertThat(BacktestMarkdown.code("`")).isEqualTo("`` ` ``");
        assertThat(BacktestMarkdown.code("a\n\n</details>\r\n# b\u2028c\u202ed")).isEqualTo("`a </details> # b c d`");
    }

    @Test
    void nothing_is_shown_as_nothing_and_much_is_cut() {
        assertThat(BacktestMarkdown.code("")).isEqualTo("`\"\"`");
        assertThat(BacktestMarkdown.code("\u0007")).isEqualTo("`\"\"`");
        assertThat(BacktestMarkdown.code("x".repeat(1000))).hasSize(303).endsWith("…`");
    }

    @Test
    void in_cells_and_headlines_nothing_is_markup_either() {
        assertThat(BacktestMarkdown.html("a|b*c*<i>&amp;`@x`\n"))
                .isEqualTo("<code>a&#124;b&#42;c&#42;&#60;i&#62;&#38;amp&#59;&#96;&#64;x&#96; </code>");
    }
}
