package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.HashMap;
import java.util.Map;

/** Which ids are open for a rule, so that the same id again is known as the same event. */
final class OpenIds {
    private static final int SWEEP_FROM = 1024;

    /** By subject and type: so one that resolves all of a type costs no more than those cost when they came. */
    private record Whose(int subject, String type) {}

    private final Map<Whose, Map<String, Long>> untilOf = new HashMap<>();
    private int count;
    private int sweepAt = SWEEP_FROM;

    /** Whether an event is one that is open already. */
    boolean again(int subject, EventSeen seen) {
        if (seen.id().isEmpty()) {
            return false;
        }
        Long until = untilOf.getOrDefault(new Whose(subject, seen.type()), Map.of()).get(seen.id().get());
        return until != null && until > seen.ts();
    }

    /** Remembers it as open, if it has an id. */
    void open(int subject, EventSeen seen, long until) {
        if (seen.id().isEmpty()) {
            return;
        }
        if (untilOf.computeIfAbsent(new Whose(subject, seen.type()), _ -> new HashMap<>()).put(seen.id().get(),
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
        Whose whose = new Whose(subject, resolved.type());
        if (resolved.id().isEmpty()) {
            Map<String, Long> all = untilOf.remove(whose);
            count -= all == null ? 0 : all.size();
            return;
        }
        Map<String, Long> ids = untilOf.get(whose);
        if (ids != null && ids.remove(resolved.id().get()) != null) {
            count--;
            if (ids.isEmpty()) {
                untilOf.remove(whose);
            }
        }
    }
}
