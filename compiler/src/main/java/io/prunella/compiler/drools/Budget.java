package io.prunella.compiler.drools;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;

/** What was used of one count of a limit: firings of {@code 3 per 1h}, plans of {@code 1 at once}. */
public final class Budget extends Fact {
    private final String key;
    private final PriorityQueue<Use> uses = new PriorityQueue<>(Comparator.comparingLong(Use::until));

    private record Use(long until, String traceId) {}

    public Budget(String key) {
        this.key = key;
    }

    public String getKey() {
        return key;
    }

    /** Whether as many count at {@code ts} as there is room for. */
    public boolean spent(long ts, long room) {
        forget(ts);
        return uses.size() >= room;
    }

    /** The same, were it not for some firings. */
    public boolean spentWithout(Set<String> traceIds, long ts, long room) {
        forget(ts);
        return uses.stream().filter(use -> !traceIds.contains(use.traceId())).count() >= room;
    }

    /** When the first use no longer counts; {@link Long#MAX_VALUE} when there is none, or nobody knows. */
    public long frees() {
        return uses.isEmpty() ? Long.MAX_VALUE : uses.element().until();
    }

    /**
     * One more counts.
     *
     * @param until the first instant at which it no longer counts; {@link Long#MAX_VALUE} while nobody knows
     */
    public void use(long until, String traceId) {
        uses.add(new Use(until, traceId));
    }

    /** A plan came to its end: it counts until {@code ts} and no longer. */
    public void ends(String traceId, long ts) {
        if (uses.removeIf(use -> use.traceId().equals(traceId) && use.until() == Long.MAX_VALUE)) {
            use(ts, traceId);
        }
    }

    /** A firing turned out to be skipped after all, and counts toward nothing. */
    public void giveBack(String traceId) {
        uses.removeIf(use -> use.traceId().equals(traceId));
    }

    /** Whether nothing of it counts any more. */
    public boolean idle(long ts) {
        forget(ts);
        return uses.isEmpty();
    }

    private void forget(long ts) {
        while (!uses.isEmpty() && uses.element().until() <= ts) {
            uses.remove();
        }
    }
}
