package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which rings to look at at which instant, as a sample leaves a window then; one timer for all of an instant.
 *
 * <p>Most series send their next sample at the very instant at which an old one leaves, and are looked at for that
 * already: where that is so of all of an instant, they go on to their next one together.
 */
final class Departures {
    private static final int SPARE = 8;

    private final Map<Long, Batch> at = new HashMap<>();
    private final List<Batch> spare = new ArrayList<>();
    private long lastAt = Long.MIN_VALUE;
    private @Nullable Batch last;

    /** All rings of one instant. */
    static final class Batch {
        final IntList rings = new IntList();
        /** How many of them were looked at already, and when they all want to be looked at next. */
        private int seen;
        private long next;

        /** When all of them want to be looked at next; {@link Long#MIN_VALUE} when they have to be asked one by one. */
        long next() {
            return seen == rings.size() ? next : Long.MIN_VALUE;
        }

        private void clear() {
            rings.clear();
            seen = 0;
            next = Long.MIN_VALUE;
        }
    }

    /** @param timer is told each instant once */
    void add(long instant, int ring, LongConsumer timer) {
        Batch batch = of(instant);
        if (batch == null) {
            batch = spare.isEmpty() ? new Batch() : spare.removeLast();
            batch.clear();
            put(instant, batch, timer);
        }
        batch.rings.add(ring);
    }

    private void put(long instant, Batch batch, LongConsumer timer) {
        at.put(instant, batch);
        timer.accept(instant);
        last = batch;
        lastAt = instant;
    }

    private @Nullable Batch of(long instant) {
        if (instant != lastAt) {
            last = at.get(instant);
            lastAt = instant;
        }
        return last;
    }

    /** A ring of an instant was looked at before that was due, and wants to be looked at next at {@code next}. */
    void seen(long instant, long next) {
        Batch batch = of(instant);
        if (batch != null) {
            batch.next = batch.seen == 0 || batch.next == next ? next : Long.MIN_VALUE;
            batch.seen++;
        }
    }

    /** Those of an instant, which are forgotten; give them back afterwards. */
    @Nullable
    Batch take(long instant) {
        lastAt = Long.MIN_VALUE;
        last = null;
        return at.remove(instant);
    }

    /** All of a batch that was taken are due at {@code instant}. */
    void goOn(Batch batch, long instant, LongConsumer timer) {
        batch.seen = 0;
        Batch other = at.get(instant);
        if (other == null) {
            put(instant, batch, timer);
            return;
        }
        for (int i = 0; i < batch.rings.size(); i++) {
            other.rings.add(batch.rings.get(i));
        }
        giveBack(batch);
    }

    void giveBack(Batch batch) {
        if (spare.size() < SPARE) {
            batch.clear();
            spare.add(batch);
        }
    }

    void clear() {
        at.clear();
        last = null;
        lastAt = Long.MIN_VALUE;
    }
}
