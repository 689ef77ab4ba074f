package io.prunella.ruler.index;

import java.util.HashMap;
import java.util.Map;

/** All events that are kept once for several rules. */
final class Shared {
    /** Events and alerts so far. */
    long arrived;
    private final Map<Kind, SharedEvents> kinds = new HashMap<>();

    private record Kind(Subjects subjects, String type, long openMillis) {}

    SharedEvents of(Subjects subjects, String type, long openMillis) {
        return kinds.computeIfAbsent(new Kind(subjects, type, openMillis),
                _ -> new SharedEvents(subjects, openMillis));
    }
}
