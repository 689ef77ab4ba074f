package io.prunella.compiler.drools;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A candidate whose turn it is: the decision asks for it whether anything stands in its way. */
public final class Proposal {
    private final Candidate candidate;
    private @Nullable Refusal refusal;

    public Proposal(Candidate candidate) {
        this.candidate = candidate;
    }

    public Candidate getCandidate() {
        return candidate;
    }

    /** Something stands in its way; of several reasons the first in the order of {@link Refusal} stays. */
    public void refuse(Refusal reason) {
        Refusal known = refusal;
        if (known == null || reason.compareTo(known) < 0) {
            refusal = reason;
        }
    }

    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
