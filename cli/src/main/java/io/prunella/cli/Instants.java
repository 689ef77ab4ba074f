package io.prunella.cli;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Instants as users type them. */
final class Instants {
    private Instants() {}

    /** RFC 3339, or epoch milliseconds. */
    static OptionalLong parse(String option, Optional<String> text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        String typed = text.get();
        try {
            return OptionalLong.of(typed.matches("-?[0-9]{1,18}")
                    ? Long.parseLong(typed)
                    : OffsetDateTime.parse(typed).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw UserError
                    .usage("`" + option + "` takes an instant such as `2026-11-01T10:00:00Z` or epoch milliseconds,"
                            + " not `" + typed + "`");
        }
    }
}
