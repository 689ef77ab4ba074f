package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Plans in flight, which guards look at when something is decided. */
public final class Heals {
    private final List<InFlight> inFlight = new ArrayList<>();

    /**
     * One that a plan works on.
     *
     * @param labels value of a label by its name, the empty string where there is none
     */
    public record Aim(String entity, UnaryOperator<String> labels) {}

    /**
     * A plan that was let through.
     *
     * @param until the first instant at which it is no longer in flight; {@link Long#MAX_VALUE} while nobody knows
     * @param executes whether it runs any action, so that it counts in its instant even when it takes no time
     */
    public record InFlight(String traceId, long began, long until, boolean executes, List<Aim> aims) {
        public InFlight {
            aims = List.copyOf(aims);
        }

        boolean counts(long now) {
            return until > now || (executes && began == now);
        }
    }

    public void began(InFlight heal) {
        if (heal.counts(heal.began())) {
            inFlight.add(heal);
        }
    }

    /** A plan that was really run has ended. */
    public void ended(String traceId) {
        inFlight.removeIf(heal -> heal.traceId().equals(traceId));
    }

    /** Those in flight, earlier decisions of this instant included. */
    public Collection<InFlight> at(long now) {
        inFlight.removeIf(heal -> !heal.counts(now));
        return List.copyOf(inFlight);
    }

    /** How many of them work on one that fits. */
    long count(Predicate<Aim> fits, long now) {
        inFlight.removeIf(heal -> !heal.counts(now));
        return inFlight.stream().filter(heal -> heal.aims().stream().anyMatch(fits)).count();
    }
}
