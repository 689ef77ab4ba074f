package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a rule and subject that are open or still known: found by when they come due, by what they are called,
 * and, of those that may fire yet, in the order in which they came.
 *
 * <p>So whatever comes of one costs the same with ten of them and with a million.
 */
final class OpenEvents {
    /** Of what no event starts. */
    static final OpenEvents NONE = new OpenEvents();

    /** So many are looked through without an index. */
    private static final int FEW = 8;

    /** A heap by {@link OpenEvent#due}. */
    private final List<OpenEvent> heap = new ArrayList<>(1);
    /** Those that may fire yet, as a chain. */
    private @Nullable OpenEvent first;
    private @Nullable OpenEvent last;
    /** By type and id the newest, from which the others of that name hang; null while they are few. */
    private @Nullable Map<String, Map<Optional<String>, OpenEvent>> named;

    boolean isEmpty() {
        return heap.isEmpty();
    }

    boolean contains(OpenEvent event) {
        return event.place >= 0;
    }

    /** When the next one has to be looked at; {@link Long#MAX_VALUE} if none has. */
    long nextDue() {
        return heap.isEmpty() ? Long.MAX_VALUE : heap.getFirst().due;
    }

    /** The oldest one that may fire yet; from there on go by {@link OpenEvent#later}. */
    @Nullable
    OpenEvent waiting() {
        return first;
    }

    /** A new one, which has to be looked at at once. */
    void add(OpenEvent event, long now) {
        OpenEvent before = last;
        if (before == null) {
            first = event;
        } else {
            before.later = event;
            event.earlier = before;
        }
        last = event;
        event.waits = true;
        if (named != null) {
            name(named, event);
        }
        putBack(event, now);
    }

    /** It fires no more. */
    void waitsNoMore(OpenEvent event) {
        if (!event.waits) {
            return;
        }
        event.waits = false;
        OpenEvent before = event.earlier;
        OpenEvent after = event.later;
        if (before == null) {
            first = after;
        } else {
            before.later = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.earlier = before;
        }
        event.earlier = null;
        event.later = null;
    }

    /** Takes the next one out that is due by {@code now}; it has to be put back or forgotten. */
    @Nullable
    OpenEvent takeDue(long now) {
        if (heap.isEmpty() || nextDue() > now) {
            return null;
        }
        OpenEvent event = heap.getFirst();
        takeOut(event);
        return event;
    }

    void putBack(OpenEvent event, long due) {
        event.due = due;
        event.place = heap.size();
        heap.add(event);
        up(event);
        if (named == null && heap.size() > FEW) {
            named = new HashMap<>();
            for (OpenEvent each : heap) {
                name(named, each);
            }
        }
    }

    /** It has to be looked at at another instant. */
    void due(OpenEvent event, long due) {
        event.due = due;
        up(event);
        down(event);
    }

    /** It is of no interest any more. */
    void forget(OpenEvent event) {
        waitsNoMore(event);
        if (event.place >= 0) {
            takeOut(event);
        }
        if (named != null) {
            unname(named, event);
            if (heap.isEmpty() && named.isEmpty()) {
                named = null;
            }
        }
    }

    /** All that a record of that type and id means; all of the type when it has no id. */
    List<OpenEvent> meantBy(EventSeen seen) {
        List<OpenEvent> meant = new ArrayList<>();
        if (named == null) {
            heap.stream().filter(event -> Matcher.means(seen, event.seen)).forEach(meant::add);
            return meant;
        }
        Map<Optional<String>, OpenEvent> ofType = named.getOrDefault(seen.type(), Map.of());
        if (seen.id().isPresent()) {
            chain(ofType.get(seen.id()), meant);
        } else {
            ofType.values().forEach(head -> chain(head, meant));
        }
        return meant;
    }

    private static void chain(@Nullable OpenEvent head, List<OpenEvent> into) {
        for (OpenEvent event = head; event != null; event = event.namesake) {
            into.add(event);
        }
    }

    /** In the order in which they came. */
    List<OpenEvent> inOrder() {
        return heap.stream().sorted(Comparator.comparingLong(OpenEvent::number)).toList();
    }

    private static void name(Map<String, Map<Optional<String>, OpenEvent>> named, OpenEvent event) {
        OpenEvent other = named.computeIfAbsent(event.seen.type(), _ -> new HashMap<>()).put(event.seen.id(), event);
        event.namesake = other;
        if (other != null) {
            other.namesakeBefore = event;
        }
    }

    private static void unname(Map<String, Map<Optional<String>, OpenEvent>> named, OpenEvent event) {
        OpenEvent before = event.namesakeBefore;
        OpenEvent after = event.namesake;
        if (after != null) {
            after.namesakeBefore = before;
        }
        if (before != null) {
            before.namesake = after;
        } else {
            Map<Optional<String>, OpenEvent> ofType = named.getOrDefault(event.seen.type(), Map.of());
            if (after != null) {
                ofType.put(event.seen.id(), after);
            } else if (ofType.get(event.seen.id()) == event) {
                ofType.remove(event.seen.id());
                if (ofType.isEmpty()) {
                    named.remove(event.seen.type());
                }
            }
        }
        event.namesake = null;
        event.namesakeBefore = null;
    }

    private void takeOut(OpenEvent event) {
        OpenEvent end = heap.removeLast();
        if (end != event) {
            end.place = event.place;
            heap.set(end.place, end);
            up(end);
            down(end);
        }
        event.place = -1;
    }

    private void up(OpenEvent event) {
        int hole = event.place;
        while (hole > 0) {
            OpenEvent parent = heap.get((hole - 1) >>> 1);
            if (parent.due <= event.due) {
                break;
            }
            parent.place = hole;
            heap.set(hole, parent);
            hole = (hole - 1) >>> 1;
        }
        event.place = hole;
        heap.set(hole, event);
    }

    private void down(OpenEvent event) {
        int hole = event.place;
        for (int child = 2 * hole + 1; child < heap.size(); child = 2 * hole + 1) {
            if (child + 1 < heap.size() && heap.get(child + 1).due < heap.get(child).due) {
                child++;
            }
            OpenEvent least = heap.get(child);
            if (event.due <= least.due) {
                break;
            }
            least.place = hole;
            heap.set(hole, least);
            hole = child;
        }
        event.place = hole;
        heap.set(hole, event);
    }
}
