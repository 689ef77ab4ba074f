package io.prunella.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"a 1", "a{3} 3", "a{2,5} 5", "a{4,} 4", "(a{10}){20} 200",
            "((a{100}){100}){100} 1000000", "(a{10}|b{30}){2} 60", "a{10}b{20} 20", "(a{3})(b{4}){5} 20", "[{(]{3} 3",
            "[]{]{7} 7", "\\(a{3} 3", "(a{3}){2}{2} 12", "(a{2} 2", "a{2}) 2", "a{ 1", "a+{3} 3"})
    void multipliesWhatLiesInsideOneAnother(String regex, long most) {
        assertThat(Repeats.most(regex)).isEqualTo(most);
    }

    @Test
    void endsWithAnyText() {
        assertThat(Repeats.most("[\\")).isEqualTo(1);
        assertThat(Repeats.most("(".repeat(100_000) + "{999999999}".repeat(10))).isEqualTo(Long.MAX_VALUE);
    }
}
