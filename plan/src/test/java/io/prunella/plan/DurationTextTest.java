package io.prunella.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d|w)");
    private static final Map<String, Long> UNITS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d",
            86_400_000L, "w", 604_800_000L);

    @ParameterizedTest
    @CsvSource({"0,0s", "1,1ms", "500,500ms", "1500,1.5s", "45000,45s", "30001,30.001s", "60000,1m", "60500,1m500ms",
            "90000,1m30s", "5400000,1h30m", "86400000,1d", "129600000,1d12h", "604800000,1w", "1209600000,2w",
            "2592000000,30d"})
    void writesAsPeopleDo(long millis, String text) {
        assertThat(DurationText.of(millis)).isEqualTo(text);
    }

    @Property
    void addsUpToTheSameLength(@ForAll @LongRange(min = 1, max = 1L << 52) long millis) {
        Matcher parts = PART.matcher(DurationText.of(millis));
        java.math.BigDecimal sum = java.math.BigDecimal.ZERO;
        int end = 0;
        while (parts.find()) {
            assertThat(parts.start()).isEqualTo(end);
            end = parts.end();
            sum = sum.add(new java.math.BigDecimal(parts.group(1))
                    .multiply(java.math.BigDecimal.valueOf(UNITS.getOrDefault(parts.group(2), 0L))));
        }
        assertThat(end).isEqualTo(DurationText.of(millis).length());
        assertThat(sum.longValueExact()).isEqualTo(millis);
    }

    @Test
    void refusesNegativeLengths() {
        assertThatThrownBy(() -> DurationText.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
