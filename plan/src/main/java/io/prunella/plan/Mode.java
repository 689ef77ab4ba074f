package io.prunella.plan;

import java.util.Locale;

/** How far a rule may go, from least to most; the effective mode is the lesser of the server's and the rule's. */
public enum Mode {
    DRY_RUN, APPROVE, AUTO;

    /** As written in rules and configuration, e.g. {@code dry_run}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that allows less. */
    public Mode least(Mode other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
