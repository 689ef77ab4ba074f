package io.prunella.ruler;

import java.util.ArrayDeque;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for their instant: put in order of time, and within one instant kept in the order offered.
 *
 * <p>Nearly all lie within the lateness of each other, so each millisecond has a chain of blocks in a ring; what lies
 * outside of the ring's reach goes to a map. Blocks are used again: nothing is allocated per record, and those of one
 * instant lie side by side, so that they are applied as fast as memory can be read.
 */
final class Arrivals {
    /** Entries of a block: few, since at times every millisecond has one; many, since each block is a call. */
    private static final int ROOM = 32;
    /** In place of a series: an observation that is no sample. */
    static final int OTHER = -1;
    /** In place of a series, from here downwards: numbers of events. */
    private static final int FIRST_EVENT = -2;

    private final int mask;
    private final @Nullable Block[] first;
    private final @Nullable Block[] last;
    /** Which chains of the ring hold something. */
    private final long[] filled;
    private final TreeMap<Long, Chain> far = new TreeMap<>();
    /** How many chains of the ring do. */
    private int inRing;
    /** The ring reaches from here; nothing in it is older. */
    private long base = Long.MIN_VALUE;
    private @Nullable Block free;
    /** Where the record before this one went, and when it was of: mostly this one is of the same instant. */
    private Block open = CLOSED;
    private long openTs = Long.MIN_VALUE;

    /** Some records of one instant, in the order offered. */
    private static final class Block {
        /** Of a sample its series, of an event {@link #FIRST_EVENT} less its number, else {@link #OTHER}. */
        final int[] series = new int[ROOM];
        final double[] value = new double[ROOM];
        /** What is not a sample, in order. */
        @Nullable
        ArrayDeque<Observation> others;
        int size;
        @Nullable
        Block next;
    }

    /** Takes nothing. */
    private static final Block CLOSED = new Block();
    static {
        CLOSED.size = ROOM;
    }

    private static final class Chain {
        final Block first;
        Block last;

        Chain(Block first) {
            this.first = first;
            this.last = first;
        }
    }

    /** Receives the records of one instant, in order. */
    interface Applied {
        /**
         * Takes samples, up to one with a negative series or to the end.
         *
         * @return the place of the first entry that was not taken, or {@code to}
         */
        int samples(int[] series, double[] value, int from, int to);

        void event(int key);

        void other(Observation observation);
    }

    /** @param reach how many milliseconds behind the greatest time a record may be and still come here */
    Arrivals(long reach) {
        int size = Integer.highestOneBit((int) Math.min(Math.max(reach, 31) + 1, 1 << 20)) * 2;
        mask = size - 1;
        first = new Block[size];
        last = new Block[size];
        filled = new long[size / Long.SIZE];
    }

    void sample(long ts, int number, double v) {
        Block block = room(ts);
        int at = block.size++;
        block.series[at] = number;
        block.value[at] = v;
    }

    /** Takes a sample of the same instant as the record before it, which was not handed over yet; else none. */
    boolean another(long ts, int number, double v) {
        Block block = open;
        int at = block.size;
        if (ts != openTs || at == ROOM) {
            return false;
        }
        block.series[at] = number;
        block.value[at] = v;
        block.size = at + 1;
        return true;
    }

    /** Takes an event that is no more than its number. */
    void event(long ts, int key) {
        Block block = room(ts);
        block.series[block.size++] = FIRST_EVENT - key;
    }

    void other(Observation observation) {
        Block block = room(observation.ts());
        block.series[block.size++] = OTHER;
        ArrayDeque<Observation> others = block.others;
        if (others == null) {
            others = new ArrayDeque<>(2);
            block.others = others;
        }
        others.add(observation);
    }

    /** The last block of an instant, which has room for one more. */
    private Block room(long ts) {
        Block block = open;
        if (ts != openTs || block.size == ROOM) {
            block = lastOf(ts);
            open = block;
            openTs = ts;
        }
        return block;
    }

    private Block lastOf(long ts) {
        long distance = ts - base;
        if (distance >= 0 && distance <= mask) {
            Block block = last[(int) ts & mask];
            if (block != null && block.size < ROOM) {
                return block;
            }
        }
        return extended(ts);
    }

    private Block extended(long ts) {
        if (inRing == 0 && (base == Long.MIN_VALUE || ts - base > mask)) {
            base = ts - mask / 2;
        }
        long distance = ts - base;
        if (distance < 0 || distance > mask) {
            Chain chain = far.computeIfAbsent(ts, _ -> new Chain(fresh()));
            if (chain.last.size == ROOM) {
                Block more = fresh();
                chain.last.next = more;
                chain.last = more;
            }
            return chain.last;
        }
        int at = (int) ts & mask;
        Block block = last[at];
        Block more = fresh();
        if (block == null) {
            first[at] = more;
            filled[at >>> 6] |= 1L << at;
            inRing++;
        } else {
            block.next = more;
        }
        last[at] = more;
        return more;
    }

    private Block fresh() {
        Block block = free;
        if (block == null) {
            return new Block();
        }
        free = block.next;
        block.next = null;
        return block;
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
        Chain chain = far.isEmpty() ? null : far.remove(ts);
        if (chain != null) {
            hand(chain.first, applied);
        }
        long distance = ts - base;
        if (inRing > 0 && distance >= 0 && distance <= mask) {
            int at = (int) ts & mask;
            Block block = first[at];
            if (block != null) {
                first[at] = null;
                last[at] = null;
                filled[at >>> 6] &= ~(1L << at);
                inRing--;
                hand(block, applied);
            }
        }
        base = Math.max(base, ts + 1);
        if (openTs == ts) {
            open = CLOSED;
        }
    }

    private void hand(Block start, Applied applied) {
        Block block = start;
        while (block != null) {
            int at = 0;
            while (at < block.size) {
                at = applied.samples(block.series, block.value, at, block.size);
                if (at < block.size && block.series[at] <= FIRST_EVENT) {
                    applied.event(FIRST_EVENT - block.series[at++]);
                } else if (at < block.size && block.others != null) {
                    applied.other(block.others.remove());
                    at++;
                }
            }
            Block following = block.next;
            block.size = 0;
            block.next = free;
            free = block;
            block = following;
        }
    }
}
