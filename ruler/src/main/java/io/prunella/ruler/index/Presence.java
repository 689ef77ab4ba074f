package io.prunella.ruler.index;

import java.util.Arrays;

/**
 * Which entities some record named in the last 24 h: what stands in for an inventory where there is none.
 *
 * <p>Nothing is noted for a sample: each entity has one timer, and when that comes due its series tell when they last
 * sent something. Only of an entity that fell silent the next sample is noticed.
 */
final class Presence {
    private static final long DAY_MILLIS = 86_400_000;

    private final World world;
    private boolean[] seen = new boolean[16];
    /** When an event or a stale marker last named it. */
    private long[] named = new long[16];
    private int known;
    private int silent;
    private boolean needed;

    Presence(World world) {
        this.world = world;
    }

    /** Whether any rule asks; who is there already is looked at once. */
    void needed(boolean asked) {
        if (asked && !needed) {
            needed = true;
            for (int subject = 0; subject < known; subject++) {
                seen[subject] = there(subject);
                silent += seen[subject] ? 0 : 1;
            }
        }
        needed |= asked;
    }

    boolean seen(int subject) {
        return subject < known && seen[subject];
    }

    /** New entities, each just named by a record or by the inventory. */
    void welcome(int from) {
        if (world.entities.size() > seen.length) {
            int length = Math.max(world.entities.size(), seen.length * 2);
            seen = Arrays.copyOf(seen, length);
            named = Arrays.copyOf(named, length);
        }
        known = world.entities.size();
        for (int subject = from; subject < known; subject++) {
            named[subject] = world.round.now;
            seen[subject] = true;
            if (needed) {
                world.round.silenceAt(world.round.now + DAY_MILLIS, subject);
            }
        }
    }

    /** An event or a stale marker names an entity. */
    void named(int subject) {
        if (subject < known) {
            named[subject] = world.round.now;
            noticed(subject);
        }
    }

    /** A sample of a series that was looked at. */
    void sampled(int number) {
        if (silent > 0) {
            IntList found = new IntList();
            world.entities.subjectsOf(number, found);
            for (int i = 0; i < found.size(); i++) {
                noticed(found.get(i));
            }
        }
    }

    private void noticed(int subject) {
        if (needed && !seen[subject]) {
            seen[subject] = true;
            silent--;
            world.round.silenceAt(world.round.now + DAY_MILLIS, subject);
            mark(subject);
        }
    }

    /** A day ago an entity was seen: perhaps it was since. */
    void look(int subject) {
        boolean there = there(subject);
        if (there != seen[subject]) {
            silent += there ? -1 : 1;
            seen[subject] = there;
            mark(subject);
        }
    }

    /** Whether it was seen in the last 24 h; from here on it is noticed when that changes. */
    private boolean there(int subject) {
        long last = named[subject];
        IntList series = world.entities.seriesOf(subject);
        for (int i = 0; i < series.size(); i++) {
            last = Math.max(last, world.series.ts(series.get(i)));
        }
        boolean there = world.round.now - last < DAY_MILLIS;
        if (there) {
            world.round.silenceAt(last + DAY_MILLIS, subject);
        } else {
            for (int i = 0; i < series.size(); i++) {
                world.settle(series.get(i), Double.NaN, Double.NaN);
            }
        }
        return there;
    }

    private void mark(int subject) {
        IntList found = new IntList();
        String entity = world.entities.entityOf(subject);
        for (Rule rule : world.book.rules) {
            if (rule.census != null) {
                world.round.mark(rule, subject);
            } else if (rule.inputs.fleet.asksPresence()) {
                rule.subjects.ofEntity(entity, found);
                for (int i = 0; i < found.size(); i++) {
                    world.round.mark(rule, found.get(i));
                }
            }
        }
    }
}
