package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Which series to look at at which instant, as a sample leaves a window then; one timer for all of an instant. */
final class Departures {
    private final Map<Long, IntList> at = new HashMap<>();
    private final List<IntList> spare = new ArrayList<>();
    private long lastAt = Long.MIN_VALUE;
    private @Nullable IntList last;

    /** @param timer is told each instant once */
    void add(long instant, int track, LongConsumer timer) {
        IntList list = instant == lastAt ? last : null;
        if (list == null) {
            list = at.get(instant);
            if (list == null) {
                list = spare.isEmpty() ? new IntList() : spare.removeLast();
                at.put(instant, list);
                timer.accept(instant);
            }
            last = list;
            lastAt = instant;
        }
        list.add(track);
    }

    /** Those of an instant, which are forgotten; give the list back afterwards. */
    @Nullable
    IntList take(long instant) {
        if (instant == lastAt) {
            lastAt = Long.MIN_VALUE;
            last = null;
        }
        return at.remove(instant);
    }

    void giveBack(IntList list) {
        if (spare.size() < 64) {
            list.clear();
            spare.add(list);
        }
    }

    void clear() {
        at.clear();
        last = null;
        lastAt = Long.MIN_VALUE;
    }
}
