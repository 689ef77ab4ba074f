package io.prunella.executor.run;

import io.prunella.executor.journal.JournalFailure;

/** Carries a journal's failure from wherever a heal stands to the one place that ends it: without a row, no effect. */
final class JournalBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalBroken(JournalFailure cause) {
        super(cause.getMessage() + "; " + cause.help(), cause);
    }
}
