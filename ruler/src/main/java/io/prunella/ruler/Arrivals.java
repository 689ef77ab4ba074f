package io.prunella.ruler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for their instant: put in order of time, and within one instant kept in the order offered.
 *
 * <p>Nearly all lie within the lateness of each other, so each millisecond has a chain in a ring; what lies outside of
 * the ring's reach goes to a map. Chains are numbers into arrays that are used again: nothing is allocated per record.
 */
final class Arrivals {
    private static final int NONE = -1;
    private static final int OTHER = -1;

    private final int mask;
    private final int[] first;
    private final int[] last;
    /** Which chains of the ring hold something. */
    private final long[] filled;
    private final TreeMap<Long, int[]> far = new TreeMap<>();
    private int inRing;
    /** The ring reaches from here; nothing in it is older. */
    private long base = Long.MIN_VALUE;

    private int[] next = new int[256];
    /** Of a sample its series; else {@link #OTHER}. */
    private int[] series = new int[256];
    /** Of anything but a sample its number in {@link #others}. */
    private double[] value = new double[256];
    private int used;
    private int free = NONE;
    private final List<@Nullable Observation> others = new ArrayList<>();
    private final ArrayDeque<Integer> freeOthers = new ArrayDeque<>();

    /** Receives the records of one instant, in order. */
    interface Applied {
        void sample(int series, double value);

        void other(Observation observation);
    }

    /** @param reach how many milliseconds behind the greatest time a record may be and still come here */
    Arrivals(long reach) {
        int size = Integer.highestOneBit((int) Math.min(Math.max(reach, 31) + 1, 1 << 20)) * 2;
        mask = size - 1;
        first = new int[size];
        last = new int[size];
        filled = new long[size / Long.SIZE];
        Arrays.fill(first, NONE);
    }

    void sample(long ts, int number, double v) {
        int entry = entry();
        series[entry] = number;
        value[entry] = v;
        append(ts, entry);
    }

    void other(Observation observation) {
        int entry = entry();
        series[entry] = OTHER;
        value[entry] = keep(observation);
        append(observation.ts(), entry);
    }

    private int keep(Observation observation) {
        Integer place = freeOthers.poll();
        if (place == null) {
            others.add(observation);
            return others.size() - 1;
        }
        others.set(place, observation);
        return place;
    }

    private int entry() {
        int entry = free;
        if (entry != NONE) {
            free = next[entry];
        } else {
            if (used == next.length) {
                int length = used + (used >> 2);
                next = Arrays.copyOf(next, length);
                series = Arrays.copyOf(series, length);
                value = Arrays.copyOf(value, length);
            }
            entry = used++;
        }
        next[entry] = NONE;
        return entry;
    }

    private void append(long ts, int entry) {
        if (inRing == 0 && (base == Long.MIN_VALUE || ts - base > mask)) {
            base = ts - mask / 2;
        }
        long distance = ts - base;
        if (distance < 0 || distance > mask) {
            int[] chain = far.computeIfAbsent(ts, _ -> new int[]{entry, entry});
            if (chain[1] != entry) {
                next[chain[1]] = entry;
                chain[1] = entry;
            }
            return;
        }
        int at = (int) ts & mask;
        if (first[at] == NONE) {
            first[at] = entry;
            filled[at >>> 6] |= 1L << at;
        } else {
            next[last[at]] = entry;
        }
        last[at] = entry;
        inRing++;
    }

    /** The earliest instant of which there are records; {@link Long#MAX_VALUE} when there are none. */
    long next() {
        long nearest = far.isEmpty() ? Long.MAX_VALUE : far.firstKey();
        if (inRing > 0) {
            int start = (int) base & mask;
            int word = start >>> 6;
            long bits = filled[word] & -1L << start;
            while (bits == 0) {
                word = word + 1 & filled.length - 1;
                bits = filled[word];
            }
            int at = (word << 6) + Long.numberOfTrailingZeros(bits);
            nearest = Math.min(nearest, base + (at - start & mask));
        }
        return nearest;
    }

    /** Hands over and forgets the records of an instant that is the earliest. */
    void take(long ts, Applied applied) {
        int[] chain = far.isEmpty() ? null : far.remove(ts);
        if (chain != null) {
            hand(chain[0], applied);
        }
        long distance = ts - base;
        if (inRing > 0 && distance >= 0 && distance <= mask) {
            int at = (int) ts & mask;
            int entry = first[at];
            if (entry != NONE) {
                first[at] = NONE;
                filled[at >>> 6] &= ~(1L << at);
                inRing -= hand(entry, applied);
            }
        }
        base = Math.max(base, ts + 1);
    }

    private int hand(int start, Applied applied) {
        int count = 0;
        int entry = start;
        while (entry != NONE) {
            if (series[entry] != OTHER) {
                applied.sample(series[entry], value[entry]);
            } else {
                int place = (int) value[entry];
                freeOthers.add(place);
                Observation observation = others.set(place, null);
                if (observation != null) {
                    applied.other(observation);
                }
            }
            int following = next[entry];
            next[entry] = free;
            free = entry;
            entry = following;
            count++;
        }
        return count;
    }
}
