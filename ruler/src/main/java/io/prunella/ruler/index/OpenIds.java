package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.HashMap;
import java.util.Map;

/** Which ids are open for a rule, so that the same id again is known as the same event. */
final class OpenIds {
    private static final int SWEEP_FROM = 1024;

    private record Key(String type, String id) {}

    private final Map<Integer, Map<Key, Long>> untilOf = new HashMap<>();
    private int count;
    private int sweepAt = SWEEP_FROM;

    /** Whether an event is one that is open already. */
    boolean again(int subject, EventSeen seen) {
        if (seen.id().isEmpty()) {
            return false;
        }
        Long until = untilOf.getOrDefault(subject, Map.of()).get(new Key(seen.type(), seen.id().get()));
        return until != null && until > seen.ts();
    }

    /** Remembers it as open, if it has an id. */
    void open(int subject, EventSeen seen, long until) {
        if (seen.id().isEmpty()) {
            return;
        }
        if (untilOf.computeIfAbsent(subject, _ -> new HashMap<>()).put(new Key(seen.type(), seen.id().get()),
                until) == null && ++count > sweepAt) {
            sweep(seen.ts());
        }
    }

    private void sweep(long now) {
        untilOf.values().removeIf(ids -> {
            ids.values().removeIf(until -> until <= now);
            return ids.isEmpty();
        });
        count = untilOf.values().stream().mapToInt(Map::size).sum();
        sweepAt = Math.max(SWEEP_FROM, 2 * count);
    }

    void resolved(int subject, EventSeen resolved) {
        Map<Key, Long> ids = untilOf.get(subject);
        if (ids != null) {
            int before = ids.size();
            ids.keySet().removeIf(key -> key.type().equals(resolved.type())
                    && (resolved.id().isEmpty() || resolved.id().get().equals(key.id())));
            count -= before - ids.size();
            if (ids.isEmpty()) {
                untilOf.remove(subject);
            }
        }
    }
}
