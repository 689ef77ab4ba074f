package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events of one type that are open for the same time for many rules, each kept once.
 *
 * <p>A rule takes a copy of them for a subject only once its {@link Gate} is open there: until then nothing can come of
 * them, however many rules wait for that type.
 */
final class SharedEvents {
    private static final int SWEEP_FROM = 64;

    final Subjects subjects;
    private final long openMillis;
    private @Nullable OfSubject[] bySubject = new @Nullable OfSubject[16];

    private static final class OfSubject {
        /** In the order in which they came; those before {@link #from} are over. */
        final List<OpenEvent> events = new ArrayList<>(2);
        int from;
        int open;
        /** By id those that have one. */
        Map<String, OpenEvent> byId = Map.of();
        /** The last record that was shown: one born late is shown the same by each rule. */
        long shown;
    }

    SharedEvents(Subjects subjects, long openMillis) {
        this.subjects = subjects;
        this.openMillis = openMillis;
    }

    /** Takes a record. */
    void show(int subject, Arrival arrival, long now) {
        OfSubject own = own(subject);
        if (arrival.number() <= own.shown) {
            return;
        }
        own.shown = arrival.number();
        expire(own, now);
        EventSeen seen = arrival.seen();
        if (seen.resolved()) {
            resolve(own, seen);
            return;
        }
        long until = Matcher.later(arrival.ts(), openMillis);
        if (seen.id().isPresent()) {
            OpenEvent known = own.byId.get(seen.id().get());
            if (known != null && known.until > now) {
                return;
            }
        }
        if (until > now) {
            OpenEvent event = new OpenEvent(arrival, Map.of(), until, Sight.unheld(0));
            own.events.add(event);
            own.open++;
            if (seen.id().isPresent()) {
                if (own.byId.isEmpty()) {
                    own.byId = new HashMap<>();
                }
                own.byId.put(seen.id().get(), event);
            }
        }
    }

    private static void resolve(OfSubject own, EventSeen resolved) {
        if (resolved.id().isEmpty()) {
            for (int i = own.from; i < own.events.size(); i++) {
                OpenEvent event = own.events.get(i);
                event.until = Math.min(event.until, resolved.ts());
            }
            clear(own);
            return;
        }
        OpenEvent event = own.byId.get(resolved.id().get());
        if (event != null) {
            own.byId.remove(resolved.id().get());
            event.until = Math.min(event.until, resolved.ts());
            if (--own.open == 0) {
                clear(own);
            }
        }
    }

    private static void clear(OfSubject own) {
        own.events.clear();
        own.byId = Map.of();
        own.from = 0;
        own.open = 0;
    }

    private static void expire(OfSubject own, long now) {
        List<OpenEvent> events = own.events;
        while (own.from < events.size() && events.get(own.from).until <= now) {
            OpenEvent event = events.get(own.from++);
            if (event.seen.id().isEmpty()) {
                own.open--;
            } else if (own.byId.get(event.seen.id().get()) == event) {
                // What was resolved is no longer found by its id.
                own.byId.remove(event.seen.id().get());
                own.open--;
            }
        }
        if (own.from == events.size()) {
            clear(own);
        } else if (own.from > SWEEP_FROM && own.from * 2 > events.size()) {
            events.subList(0, own.from).clear();
            own.from = 0;
        }
    }

    /** Whether an event may be open that came later than the one of that number. */
    boolean any(int subject, long after) {
        OfSubject own = subject < bySubject.length ? bySubject[subject] : null;
        return own != null && own.open > 0 && own.events.getLast().number() > after;
    }

    /** Those that are open and came later than the one of that number, in the order in which they came. */
    List<OpenEvent> open(int subject, long after, long now) {
        if (!any(subject, after)) {
            return List.of();
        }
        List<OpenEvent> open = new ArrayList<>();
        OfSubject own = own(subject);
        expire(own, now);
        int low = own.from;
        int high = own.events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (own.events.get(middle).number() > after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        for (int i = low; i < own.events.size(); i++) {
            if (own.events.get(i).until > now) {
                open.add(own.events.get(i));
            }
        }
        return open;
    }

    private OfSubject own(int subject) {
        if (subject >= bySubject.length) {
            bySubject = Arrays.copyOf(bySubject, Math.max(subject + 1, bySubject.length * 2));
        }
        OfSubject own = bySubject[subject];
        if (own == null) {
            own = new OfSubject();
            bySubject[subject] = own;
        }
        return own;
    }
}
