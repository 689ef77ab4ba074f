package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event that another one does not follow in time: a match at the end of that time, unless it was cancelled. */
final class AbsenceMatcher implements Matcher {
    private final Rule rule;
    private final Filter first;
    private final Filter without;
    private final Optional<String> alias;
    private final long withinMillis;
    private final long openMillis;
    private final OpenIds ids = new OpenIds();
    private final Pending pending;

    /** Subjects for which the other event came at {@link #othersAt}. */
    private final LongSet others = new LongSet();
    private long othersAt = Long.MIN_VALUE;

    /** Its two events, the second one with its time. */
    record Pair(Filter first, Filter without, Optional<String> alias, long withinMillis) {}

    AbsenceMatcher(Rule rule, Pair pair, long openMillis) {
        this.rule = rule;
        this.first = pair.first();
        this.without = pair.without();
        this.alias = pair.alias();
        this.withinMillis = pair.withinMillis();
        this.openMillis = openMillis;
        this.pending = new Pending(withinMillis, List.copyOf(first.types()));
    }

    /** What an event without id and attributes is for such a rule. */
    enum Part {
        FIRST, OTHER, BOTH, NEITHER,
        /** It has to be looked at, or the rule waits for something else. */
        ASKED
    }

    Part part(String type) {
        boolean ofFirst = first.types().contains(type);
        boolean ofOther = without.types().contains(type);
        if ((ofFirst && first.where() != null) || (ofOther && without.where() != null)) {
            return Part.ASKED;
        }
        return ofFirst ? ofOther ? Part.BOTH : Part.FIRST : ofOther ? Part.OTHER : Part.NEITHER;
    }

    /** The same as {@link #seen} of an event of which no object is made. */
    void seen(Events events, int subject, EventKey key, Part part, long ts, long number) {
        if (part == Part.OTHER || part == Part.BOTH) {
            pending.cancel(subject, ts);
        }
        if (part == Part.BOTH || (part == Part.FIRST && !(othersAt == ts && others.contains(subject)))) {
            events.wake(rule, pending.add(subject, key, ts, number));
        }
        if (part == Part.OTHER || part == Part.BOTH) {
            note(subject, ts);
        }
    }

    @Override
    public void seen(Events events, int subject, Arrival arrival) {
        EventSeen seen = arrival.seen();
        if (ids.again(subject, seen)) {
            return;
        }
        boolean ofFirst = events.takes(rule, subject, first, seen);
        boolean ofOther = events.takes(rule, subject, without, seen);
        if (ofFirst || ofOther) {
            ids.open(subject, seen, Matcher.later(arrival.ts(), openMillis));
        }
        if (ofOther) {
            pending.cancel(subject, arrival.ts());
        }
        // One that could be either is not its own other event; what came before it at its instant isn't, either.
        if (ofFirst && (ofOther || othersAt != arrival.ts() || !others.contains(subject))) {
            events.wake(rule, pending.add(subject, arrival));
        }
        if (ofOther) {
            note(subject, arrival.ts());
        }
    }

    private void note(int subject, long ts) {
        if (othersAt != ts) {
            others.clear();
            othersAt = ts;
        }
        others.add(subject);
    }

    @Override
    public void resolved(Events events, int subject, EventSeen resolved) {
        ids.resolved(subject, resolved);
        pending.resolve(subject, resolved);
        events.end(rule, subject, resolved);
    }

    /** Everything whose time is over by {@code now} becomes a match, at its own instant. */
    void due(Events events, long now) {
        events.wake(rule, pending.due(now, (subject, arrival, due) -> events.begin(rule, subject, arrival,
                alias.map(name -> Map.of(name, arrival.seen())).orElse(Map.of()), Matcher.later(due, openMillis))));
    }

    @Override
    public long horizonMillis() {
        return Matcher.later(withinMillis, openMillis);
    }
}
