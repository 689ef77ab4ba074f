package io.prunella.compiler.drools;

import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.FactHandle;

/** What the session is told, and told again when it is no longer so: it carries what it is taken back by. */
public abstract sealed class Fact permits Breach, EventFact, Candidate, Hold, Budget, Demand, Cause, Downstream {
    private static final int NOWHERE = -1;

    private int place = NOWHERE;
    private @Nullable FactHandle handle;

    /** Whether it is told and not taken back. */
    public final boolean stands() {
        return place != NOWHERE;
    }

    /** Where its owner keeps it, which alone writes this. */
    public final int place() {
        return place;
    }

    public final void stands(int at) {
        place = at;
    }

    /** It was taken back. */
    public final void gone() {
        place = NOWHERE;
        handle = null;
    }

    /** What Drools calls it; null while Drools does not know of it. */
    public final @Nullable FactHandle handle() {
        return handle;
    }

    public final void handle(FactHandle given) {
        handle = given;
    }
}
