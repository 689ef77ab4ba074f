package io.prunella.ruler;

import io.prunella.ruler.explain.Branch;
import java.util.Optional;

/** A condition being watched for a heal; ends by its verdict or by being cancelled. */
public interface Watch {

    /** What the condition was at the last instant decided, with all that it is made of; empty when its rule is gone. */
    Optional<Branch> tree();

    /** No verdict will come; nothing happens when one came already. */
    void cancel();
}
