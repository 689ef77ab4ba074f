package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Plans in flight, which guards look at when something is decided. */
public final class Heals {
    private static final int FEW = 64;

    private final List<InFlight> inFlight = new ArrayList<>();
    /** As many as there may be before those are looked for that have ended: nobody else may ever ask. */
    private int most = FEW;

    /**
     * One that a plan works on.
     *
     * @param labels those that it had when the plan began
     */
    public record Aim(String entity, Map<String, String> labels) {
        public Aim {
            labels = Map.copyOf(labels);
        }
    }

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
            if (inFlight.size() >= most) {
                inFlight.removeIf(other -> !other.counts(heal.began()));
                most = Math.max(FEW, inFlight.size() * 2);
            }
            inFlight.add(heal);
        }
    }

    /** A plan that was really run has ended; tells whom it worked on, if it ran any action. */
    public List<String> ended(String traceId) {
        List<String> freed = inFlight.stream().filter(heal -> heal.traceId().equals(traceId) && heal.executes())
                .flatMap(heal -> heal.aims().stream().map(Aim::entity)).toList();
        inFlight.removeIf(heal -> heal.traceId().equals(traceId));
        return freed;
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
