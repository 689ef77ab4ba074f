package io.prunella.compiler.drools;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose turn it is: what it needs is asked for in its name, and what is not free is told to it. */
public final class Proposal {
    private @Nullable Demand refused;

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
