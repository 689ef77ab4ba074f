package io.prunella.compiler.drools;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** What was used of one count of a limit, {@code 3 per 1h}. */
public final class Budget {
    private final String key;
    private final long count;
    private final long windowMillis;
    private final Deque<Use> uses = new ArrayDeque<>();

    private record Use(long ts, String traceId) {}

    public Budget(String key, long count, long windowMillis) {
        this.key = key;
        this.count = count;
        this.windowMillis = windowMillis;
    }

    public String getKey() {
        return key;
    }

    /** Whether no firing more fits into {@code (ts - window, ts]}. */
    public boolean spent(long ts) {
        forget(ts);
        return uses.size() >= count;
    }

    /** The same, were it not for some firings. */
    public boolean spentWithout(Set<String> traceIds, long ts) {
        forget(ts);
        return uses.stream().filter(use -> !traceIds.contains(use.traceId())).count() >= count;
    }

    /** When the oldest use no longer counts; {@link Long#MAX_VALUE} when there is none. */
    public long frees() {
        return uses.isEmpty() ? Long.MAX_VALUE : uses.getFirst().ts() + windowMillis;
    }

    public void use(long ts, String traceId) {
        uses.addLast(new Use(ts, traceId));
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
        while (!uses.isEmpty() && uses.getFirst().ts() <= ts - windowMillis) {
            uses.removeFirst();
        }
    }
}
