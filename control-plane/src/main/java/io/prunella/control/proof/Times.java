package io.prunella.control.proof;

import io.prunella.executor.driver.Datum;
import java.math.BigDecimal;

/** Instants of a test, which are lengths of time since its begin. */
final class Times {
    private Times() {}

    /** As in the test, e.g. {@code 1m30s}, {@code 30.001s}. */
    static String text(long millis) {
        if (millis % 1_000 == 0) {
            return Datum.compound(millis);
        }
        long minutes = millis - millis % 60_000;
        return (minutes == 0 ? "" : Datum.compound(minutes))
                + BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
    }
}
