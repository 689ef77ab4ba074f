package io.prunella.control.loop;

import io.prunella.plan.Mode;
import io.prunella.ruler.Firing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The trace ids of heals: the ruler's, but where a recording is run again and is to heal again. For the owner alone. */
final class HealNames {
    private final LoopSettings.Repeats repeats;
    private final Predicate<String> known;
    private final Set<String> kept = new HashSet<>();
    /** From the heal's trace id to the one that the ruler gave it, where they differ. */
    private final Map<String, String> renamed = new HashMap<>();

    /** @param known whether the journal has a heal of that trace id */
    HealNames(LoopSettings.Repeats repeats, Predicate<String> known) {
        this.repeats = repeats;
        this.known = known;
    }

    /** Firings with these are the heals of before. */
    void keep(Set<String> traceIds) {
        kept.addAll(traceIds);
    }

    Firing named(Firing firing) {
        if (repeats == LoopSettings.Repeats.SAME_HEAL || firing.skipped().isPresent()
                || firing.mode() == Mode.DRY_RUN || kept.contains(firing.traceId()) || !known.test(firing.traceId())) {
            return firing;
        }
        int run = 1;
        while (known.test(Renaming.traceId(firing, run))) {
            run++;
        }
        Firing again = Renaming.of(firing, run);
        renamed.put(again.traceId(), firing.traceId());
        return again;
    }

    /** What the ruler calls a heal. */
    String told(String traceId) {
        return renamed.getOrDefault(traceId, traceId);
    }

    /** The heal that the ruler calls so. */
    String of(String told) {
        return renamed.entrySet().stream().filter(names -> names.getValue().equals(told)).map(Map.Entry::getKey)
                .findFirst().orElse(told);
    }

    /** The same, for the last time. */
    String ended(String traceId) {
        String told = renamed.remove(traceId);
        return told == null ? traceId : told;
    }
}
