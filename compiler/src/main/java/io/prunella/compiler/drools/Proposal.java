package io.prunella.compiler.drools;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A candidate whose turn it is: the decision asks for it whether anything stands in its way. */
public final class Proposal {
    private final Candidate candidate;
    private @Nullable Demand refused;

    public Proposal(Candidate candidate) {
        this.candidate = candidate;
    }

    public Candidate getCandidate() {
        return candidate;
    }

    /** Something that it needs is not free; of several the first in the order of {@link Refusal} stays. */
    public void refuse(Demand demand) {
        Demand known = refused;
        if (known == null || demand.comesBefore(known)) {
            refused = demand;
        }
    }

    /** What it needs and does not get; empty when nothing stands in its way. */
    public Optional<Demand> refused() {
        return Optional.ofNullable(refused);
    }
}
