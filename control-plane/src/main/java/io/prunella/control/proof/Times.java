package io.prunella.control.proof;

import io.prunella.executor.driver.Datum;

/** Instants of a test, which are lengths of time since its begin. */
final class Times {
    private Times() {}

    /** As in the test, e.g. {@code 1m30s}, with milliseconds where there are some. */
    static String text(long millis) {
        return Datum.compound(millis);
    }
}
