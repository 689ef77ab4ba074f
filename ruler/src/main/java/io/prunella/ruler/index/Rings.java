package io.prunella.ruler.index;

import io.prunella.ruler.index.Places.Kind;
import java.util.Arrays;

/**
 * Samples of many series, each series' in a ring of its own.
 *
 * <p>Every value is kept exactly, in as little as it fits: what has few digits as a small whole number of tenths,
 * hundredths, 64ths …, else in single, else in double precision; one form for all of a ring. Times take nothing as long
 * as samples come at equal distances, else four bytes: the low 32 bits of milliseconds, as no window is longer than 45
 * days.
 */
final class Rings {
    /** Whole numbers of such parts fit into two bytes; powers of two are for what was measured in binary. */
    private static final double[] PARTS = {1, 10, 100, 64, 1000, 1024};
    /** What one of them is, where that is exact; else 0. */
    private static final double[] PART = {1, 0, 0, 1.0 / 64, 0, 1.0 / 1024};
    private static final int SINGLE = PARTS.length;
    private static final int PRECISE = SINGLE + 1;

    /** Everything about a ring lies side by side. */
    private static final int STRIDE = 8;
    private static final int PLACE = 0;
    private static final int SHAPE = 1;
    private static final int SIZE = 2;
    private static final int NEWEST = 3;
    /** The distance between samples; where they have times of their own, the place of these. */
    private static final int STEP = 4;
    private static final int DUE = 5;
    private static final int FIRST = 6;
    private static final int OWNER = 7;

    /** The shape: form of the values, whether there are times, the length (0 for none yet), where the oldest is. */
    private static final int FORM = 7;
    private static final int TIMED = 8;
    private static final int LENGTH_SHIFT = 4;
    private static final int LENGTH = 63;
    private static final int HEAD_SHIFT = 10;
    private static final int BELOW_HEAD = (1 << HEAD_SHIFT) - 1;

    /** 4, 6, 8, 12, 16, 20, 24, 28, 32, 40, …: little is empty for long. */
    private static final int[] LENGTHS = lengths();

    private final Places[] shorts = places(Kind.SHORT);
    private final Places[] singles = places(Kind.FLOAT);
    private final Places[] doubles = places(Kind.DOUBLE);
    private final Places[] times = places(Kind.INT);
    private int[] record = new int[64 * STRIDE];
    private int count;
    private final IntList free = new IntList();

    private static Places[] places(Kind kind) {
        Places[] places = new Places[LENGTHS.length];
        Arrays.setAll(places, i -> new Places(kind, Math.max(1, LENGTHS[i])));
        return places;
    }

    private static int[] lengths() {
        int[] lengths = new int[LENGTH + 1];
        int[] least = {0, 4, 6, 8, 12, 16};
        System.arraycopy(least, 0, lengths, 0, least.length);
        for (int i = least.length; i < lengths.length; i++) {
            int step = i - least.length;
            lengths[i] = (4 << (step >> 2)) * (5 + (step & 3));
        }
        return lengths;
    }

    /** The number of a new, empty ring of a series. */
    int create(int owner) {
        int ring = free.size() > 0 ? free.removeLast() : count++;
        if (count * STRIDE > record.length) {
            record = Arrays.copyOf(record, (count + (count >> 2)) * STRIDE);
        }
        Arrays.fill(record, ring * STRIDE, (ring + 1) * STRIDE, 0);
        record[ring * STRIDE + OWNER] = owner;
        return ring;
    }

    /** A ring is no more; its number will be another's. */
    void drop(int ring) {
        giveBack(ring);
        free.add(ring);
    }

    int count() {
        return count;
    }

    int size(int ring) {
        return record[ring * STRIDE + SIZE];
    }

    /** Whose samples it holds. */
    int owner(int ring) {
        return record[ring * STRIDE + OWNER];
    }

    /** When whoever keeps the ring wants to look at it again: the low bits. */
    int due(int ring) {
        return record[ring * STRIDE + DUE];
    }

    void due(int ring, int low) {
        record[ring * STRIDE + DUE] = low;
    }

    /** Where whoever keeps the ring has more of it. */
    int first(int ring) {
        return record[ring * STRIDE + FIRST];
    }

    void first(int ring, int slot) {
        record[ring * STRIDE + FIRST] = slot;
    }

    /** Low bits of the time of the newest sample. */
    int newest(int ring) {
        return record[ring * STRIDE + NEWEST];
    }

    /** Low bits of the time of the sample that is {@code index} newer than the oldest. */
    int time(int ring, int index) {
        int base = ring * STRIDE;
        int shape = record[base + SHAPE];
        return (shape & TIMED) == 0
                ? record[base + NEWEST] - (record[base + SIZE] - 1 - index) * record[base + STEP]
                : times[length(shape)].getInt(record[base + STEP], at(shape, index));
    }

    double value(int ring, int index) {
        int base = ring * STRIDE;
        int shape = record[base + SHAPE];
        return get(shape, record[base + PLACE], at(shape, index));
    }

    private static int length(int shape) {
        return (shape >>> LENGTH_SHIFT) & LENGTH;
    }

    private static int at(int shape, int index) {
        int at = (shape >>> HEAD_SHIFT) + index;
        int length = LENGTHS[length(shape)];
        return at >= length ? at - length : at;
    }

    private Places values(int shape) {
        int form = shape & FORM;
        return (form < SINGLE ? shorts : form == SINGLE ? singles : doubles)[length(shape)];
    }

    private double get(int shape, int place, int at) {
        int form = shape & FORM;
        if (form < SINGLE) {
            return part(form, shorts[length(shape)].getShort(place, at));
        }
        return form == SINGLE ? values(shape).getFloat(place, at) : values(shape).getDouble(place, at);
    }

    private static double part(int form, int whole) {
        double part = PART[form];
        return part != 0 ? whole * part : whole / PARTS[form];
    }

    private void set(int shape, int place, int at, double value) {
        int form = shape & FORM;
        if (form < SINGLE) {
            shorts[length(shape)].set(place, at, (short) Math.rint(value * PARTS[form]));
        } else if (form == SINGLE) {
            values(shape).set(place, at, (float) value);
        } else {
            values(shape).set(place, at, value);
        }
    }

    /** Whether what is read again is the very same. */
    private static boolean fits(int form, double value) {
        if (form < SINGLE) {
            int whole = (int) Math.rint(value * PARTS[form]);
            return whole == (short) whole && part(form, whole) == value
                    && (whole != 0 || Double.doubleToRawLongBits(value) == 0);
        }
        return form == PRECISE || (float) value == value || Double.isNaN(value);
    }

    void add(int ring, int low, double value) {
        int base = ring * STRIDE;
        int shape = record[base + SHAPE];
        int size = record[base + SIZE];
        if (size == LENGTHS[length(shape)]) {
            move(ring, length(shape) + 1, shape & FORM);
            shape = record[base + SHAPE];
        }
        if (!fits(shape & FORM, value)) {
            move(ring, length(shape), form(ring, value));
            shape = record[base + SHAPE];
        }
        int at = at(shape, size);
        addTime(base, ring, at, low);
        shape = record[base + SHAPE];
        record[base + SIZE] = size + 1;
        record[base + NEWEST] = low;
        set(shape, record[base + PLACE], at, value);
    }

    private void addTime(int base, int ring, int at, int low) {
        int shape = record[base + SHAPE];
        int size = record[base + SIZE];
        if ((shape & TIMED) != 0 && at == 0 && even(ring, low)) {
            int step = low - record[base + NEWEST];
            giveTimes(base);
            record[base + STEP] = step;
            return;
        }
        if ((shape & TIMED) == 0) {
            int step = low - record[base + NEWEST];
            if (size <= 1) {
                record[base + STEP] = step;
                return;
            }
            if (step == record[base + STEP]) {
                return;
            }
            takeTimes(base, ring);
            shape = record[base + SHAPE];
        }
        times[length(shape)].set(record[base + STEP], at, low);
    }

    /** Whether all samples, with one more, come at equal distances. */
    private boolean even(int ring, int low) {
        int size = size(ring);
        int step = low - newest(ring);
        for (int i = 1; i < size; i++) {
            if (time(ring, i) - time(ring, i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    private void takeTimes(int base, int ring) {
        int shape = record[base + SHAPE];
        Places room = times[length(shape)];
        int place = room.take(ring);
        for (int i = 0; i < record[base + SIZE]; i++) {
            room.set(place, at(shape, i), time(ring, i));
        }
        record[base + STEP] = place;
        record[base + SHAPE] = shape | TIMED;
    }

    private void giveTimes(int base) {
        int shape = record[base + SHAPE];
        record[base + SHAPE] = shape & ~TIMED;
        times[length(shape)].give(record[base + STEP],
                (other, place) -> record[other * STRIDE + STEP] = place);
    }

    /**
     * One sample comes as the oldest goes, at equal distances: what nearly all samples of a full window do.
     *
     * @return the oldest; NaN when it is not so, and nothing was done
     */
    double slide(int ring, int low, double value, long window) {
        int base = ring * STRIDE;
        int shape = record[base + SHAPE];
        int size = record[base + SIZE];
        int step = record[base + STEP];
        if ((shape & TIMED) != 0 || low - record[base + NEWEST] != step || (long) size * step < window
                || (size - 1L) * step >= window || size < 2 || !fits(shape & FORM, value)) {
            return Double.NaN;
        }
        int place = record[base + PLACE];
        double oldest = get(shape, place, shape >>> HEAD_SHIFT);
        if (!Double.isNaN(oldest)) {
            set(shape, place, at(shape, size), value);
            record[base + SHAPE] = (shape & BELOW_HEAD) | (at(shape, 1) << HEAD_SHIFT);
            record[base + NEWEST] = low;
        }
        return oldest;
    }

    /** How long before the newest sample the oldest is, where they come at equal distances. */
    long span(int ring) {
        return (record[ring * STRIDE + SIZE] - 1L) * record[ring * STRIDE + STEP];
    }

    void removeNewest(int ring) {
        int base = ring * STRIDE;
        int size = record[base + SIZE];
        record[base + NEWEST] = size > 1 ? time(ring, size - 2) : 0;
        record[base + SIZE] = size - 1;
    }

    void removeOldest(int ring) {
        int base = ring * STRIDE;
        int shape = record[base + SHAPE];
        record[base + SHAPE] = (shape & BELOW_HEAD) | (at(shape, 1) << HEAD_SHIFT);
        record[base + SIZE]--;
    }

    /** The first form from its own on that holds all of a ring's values, and one more. */
    private int form(int ring, double more) {
        int form = record[ring * STRIDE + SHAPE] & FORM;
        while (!fits(form, more) || !holdsAll(ring, form)) {
            form++;
        }
        return form;
    }

    private boolean holdsAll(int ring, int form) {
        for (int i = 0; i < size(ring); i++) {
            if (!fits(form, value(ring, i))) {
                return false;
            }
        }
        return true;
    }

    private void move(int ring, int length, int form) {
        int base = ring * STRIDE;
        int before = record[base + SHAPE];
        int size = record[base + SIZE];
        boolean timed = (before & TIMED) != 0;
        int after = (length << LENGTH_SHIFT) | form;
        int place = values(after).take(ring);
        for (int i = 0; i < size; i++) {
            set(after, place, i, value(ring, i));
        }
        int step = record[base + STEP];
        int placeOfTimes = 0;
        if (timed) {
            placeOfTimes = times[length].take(ring);
            for (int i = 0; i < size; i++) {
                times[length].set(placeOfTimes, i, time(ring, i));
            }
        }
        // Invariant: from here on a place moved belongs to another ring, or is the new one of this.
        record[base + SHAPE] = after | (timed ? TIMED : 0);
        int old = record[base + PLACE];
        record[base + PLACE] = place;
        record[base + STEP] = timed ? placeOfTimes : step;
        if (length(before) > 0) {
            values(before).give(old, this::valuesMoved);
            if (timed) {
                times[length(before)].give(step, this::timesMoved);
            }
        }
    }

    private void valuesMoved(int ring, int place) {
        record[ring * STRIDE + PLACE] = place;
    }

    private void timesMoved(int ring, int place) {
        record[ring * STRIDE + STEP] = place;
    }

    private void giveBack(int ring) {
        int base = ring * STRIDE;
        int shape = record[base + SHAPE];
        if ((shape & TIMED) != 0) {
            giveTimes(base);
        }
        if (length(shape) > 0) {
            values(shape).give(record[base + PLACE], this::valuesMoved);
        }
        record[base + SHAPE] = 0;
        record[base + SIZE] = 0;
    }
}
