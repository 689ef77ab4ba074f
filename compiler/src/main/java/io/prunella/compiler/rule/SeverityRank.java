package io.prunella.compiler.rule;

import java.util.List;

/** The order of severities, by which the graver explains the lesser. */
public final class SeverityRank {
    private static final List<String> RISING = List.of("info", "warning", "high", "critical");

    private SeverityRank() {}

    /** 0 for {@code info} to 3 for {@code critical}. */
    public static int of(String severity) {
        int rank = RISING.indexOf(severity);
        if (rank < 0) {
            throw new IllegalArgumentException("no severity: " + severity);
        }
        return rank;
    }

    /** The severity of a rank. */
    public static String name(int rank) {
        return RISING.get(rank);
    }
}
