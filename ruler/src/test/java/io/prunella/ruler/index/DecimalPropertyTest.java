package io.prunella.ruler.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class DecimalPropertyTest {

    @Property
    void shiftsTheShortestDecimal(@ForAll double percent) {
        assertThat(Decimal.ratioOfPercent(percent))
                .isEqualTo(new BigDecimal(Double.toString(percent)).movePointLeft(2).doubleValue());
    }

    @Property
    void shiftsWhatSourcesSend(@ForAll @IntRange(max = 100_000) int thousandths) {
        double percent = BigDecimal.valueOf(thousandths, 3).doubleValue();
        assertThat(Decimal.ratioOfPercent(percent)).isEqualTo(BigDecimal.valueOf(thousandths, 5).doubleValue());
    }

    @Property
    void findsTheLeastSampleOfARatio(@ForAll @DoubleRange(min = -2, max = 2) double ratio) {
        double percent = Decimal.leastPercent(ratio);
        assertThat(Decimal.ratioOfPercent(percent)).isGreaterThanOrEqualTo(ratio);
        assertThat(Decimal.ratioOfPercent(Math.nextDown(percent))).isLessThan(ratio);
    }
}
