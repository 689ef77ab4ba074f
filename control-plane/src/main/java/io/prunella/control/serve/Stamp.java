package io.prunella.control.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as Prunella prints them everywhere: UTC with three digits. */
final class Stamp {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private Stamp() {}

    static String text(Instant at) {
        return FORMAT.format(at);
    }

    static String text(long epochMillis) {
        return text(Instant.ofEpochMilli(epochMillis));
    }
}
