package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When events of one type came to the subjects of one group, as far back as any rule counts.
 *
 * <p>While an id is open, the same id again is the same event; what resolves one is no event.
 */
final class History {
    /** How long an event is open where no trigger says otherwise. */
    private static final long OPEN_MILLIS = 300_000;
    private static final int MANY_IDS = 64;
    private static final int MANY_WIDE = 256;

    private final Subjects subjects;
    /** Rules that ask. */
    final Set<Rule> askers = new LinkedHashSet<>();
    private long keepMillis;
    private final Map<Integer, Track> tracks = new HashMap<>();
    /** Events that lack a label of {@code by}: they count for subjects still to come, too. */
    private List<Wide> wide = new ArrayList<>();
    private int wideLimit = MANY_WIDE;

    private record Wide(EventSeen seen, List<@Nullable String> parts) {}

    private static final class Track {
        long newest = SeriesStore.NEVER;
        final LongQueue times = new LongQueue();
        final Map<String, Long> openIds = new HashMap<>();
        int manyIds = MANY_IDS;
    }

    History(Subjects subjects) {
        this.subjects = subjects;
    }

    /** Somebody counts over so long a time. */
    void keep(long millis) {
        keepMillis = Math.max(keepMillis, millis);
    }

    /** An event came, or was resolved. */
    void seen(EventSeen event, List<@Nullable String> parts, IntList concerned, Round round) {
        for (int i = 0; i < concerned.size(); i++) {
            take(event, concerned.get(i));
            for (Rule rule : askers) {
                round.mark(rule, concerned.get(i));
            }
        }
        if (parts.contains(null)) {
            wide.add(new Wide(event, parts));
            if (wide.size() > wideLimit) {
                forget(event.ts());
            }
        }
    }

    private void take(EventSeen event, int subject) {
        Track track = tracks.computeIfAbsent(subject, _ -> new Track());
        long now = event.ts();
        if (event.resolved()) {
            event.id().ifPresentOrElse(track.openIds::remove, track.openIds::clear);
            return;
        }
        if (event.id().isPresent()) {
            String id = event.id().get();
            if (track.openIds.getOrDefault(id, Long.MIN_VALUE) > now) {
                return;
            }
            if (track.openIds.size() >= track.manyIds) {
                track.openIds.values().removeIf(until -> until <= now);
                track.manyIds = Math.max(MANY_IDS, track.openIds.size() * 2);
            }
            track.openIds.put(id, now + OPEN_MILLIS);
        }
        track.newest = now;
        if (keepMillis > 0) {
            track.times.dropThrough(now - keepMillis);
            track.times.add(now);
        }
    }

    /** What a subject missed that was not there yet, in the order in which it came. */
    void welcome(int subject) {
        for (Wide before : wide) {
            if (subjects.agrees(subject, before.parts())) {
                take(before.seen(), subject);
            }
        }
    }

    /** Keeps what still counts, and the newest of each kind. */
    private void forget(long now) {
        Map<List<@Nullable String>, Long> newest = new HashMap<>();
        wide.stream().filter(w -> !w.seen().resolved()).forEach(w -> newest.put(w.parts(), w.seen().ts()));
        long last = now - Math.max(keepMillis, OPEN_MILLIS);
        wide = new ArrayList<>(wide.stream()
                .filter(w -> w.seen().ts() > last || newest.getOrDefault(w.parts(), last) == w.seen().ts()).toList());
        wideLimit = Math.max(MANY_WIDE, wide.size() * 2);
    }

    /** When the newest one came; {@link SeriesStore#NEVER} if none did. */
    long newest(int subject) {
        Track track = tracks.get(subject);
        return track == null ? SeriesStore.NEVER : track.newest;
    }

    /** The newest of those that came after {@code last}, oldest first. */
    List<Long> newest(int subject, long last, int most) {
        Track track = tracks.get(subject);
        return track == null ? List.of() : track.times.newest(last, most);
    }

    /** How many came in {@code (now - window, now]}. */
    int count(int subject, long now, long window) {
        Track track = tracks.get(subject);
        return track == null ? 0 : track.times.after(now - window);
    }

    /** When the oldest of those leaves the window; {@link Long#MAX_VALUE} when there is none. */
    long leaves(int subject, long now, long window) {
        Track track = tracks.get(subject);
        long oldest = track == null ? Long.MAX_VALUE : track.times.firstAfter(now - window);
        return oldest == Long.MAX_VALUE ? oldest : oldest + window;
    }
}
