package io.prunella.compiler.drools;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A firing that may be nothing but the consequence of something above it. */
public final class Suspect {
    private final Predicate<Cause> explainedBy;
    private @Nullable Cause cause;

    /**
     * A firing about to be decided.
     *
     * @param explainedBy whether a cause above it suppresses it at this instant
     */
    public Suspect(Predicate<Cause> explainedBy) {
        this.explainedBy = explainedBy;
    }

    boolean explainedBy(Cause other) {
        return explainedBy.test(other);
    }

    /** A cause was found; of several the one that explains most stays. */
    public void found(Cause other) {
        Cause known = cause;
        if (known == null || other.explainsMoreThan(known)) {
            cause = other;
        }
    }

    /** What suppresses it. */
    public Optional<Cause> cause() {
        return Optional.ofNullable(cause);
    }
}
