package io.prunella.bench.workload;

import java.util.Arrays;
import java.util.Comparator;

/** The events of W4: an A in a fifth of an entity's minutes, and after some of them a B in time, too late, or never. */
public final class Absences {
    public static final int MINUTE_MILLIS = 60_000;
    public static final int WITHIN_MILLIS = 30_000;

    private static final long SALT = 42 * 31;
    private static final double A_IN_MINUTE = 0.20;

    private final int entities;

    public Absences(int entities) {
        this.entities = entities;
    }

    /** How many there are. */
    public int entities() {
        return entities;
    }

    /** The events of a minute, by time, those of one time by entity. */
    public Minute minute(int number) {
        long[] ts = new long[entities * 2];
        int[] entity = new int[entities * 2];
        boolean[] isB = new boolean[entities * 2];
        int count = 0;
        for (int e = 0; e < entities; e++) {
            long a = timeOfA(e, number);
            if (a >= 0) {
                ts[count] = a;
                entity[count++] = e;
                long b = timeOfB(e, number);
                if (b >= 0) {
                    ts[count] = b;
                    entity[count] = e;
                    isB[count++] = true;
                }
            }
        }
        return sorted(ts, entity, isB, count);
    }

    private static Minute sorted(long[] ts, int[] entity, boolean[] isB, int count) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.<Integer>comparingLong(i -> ts[i]).thenComparingInt(i -> entity[i]));
        Minute minute = new Minute(count);
        for (int i = 0; i < count; i++) {
            minute.ts[i] = ts[order[i]];
            minute.entity[i] = entity[order[i]];
            minute.isB[i] = isB[order[i]];
        }
        return minute;
    }

    private static long hash(int entity, int minute) {
        return Mix.mix(SALT + Mix.G * (1 + ((long) entity << 20) + minute));
    }

    /** Epoch milliseconds, or -1 when there is none. */
    static long timeOfA(int entity, int minute) {
        long h = hash(entity, minute);
        return (h >>> 1) < A_IN_MINUTE * 0x1p63
                ? Samples.T0 + (long) MINUTE_MILLIS * minute + (h & 0xFFFF) % 20_000
                : -1;
    }

    /** Epoch milliseconds, or -1 when there is none; only where there is an A. */
    static long timeOfB(int entity, int minute) {
        long a = timeOfA(entity, minute);
        long h2 = Mix.mix(hash(entity, minute) + 1);
        int kind = kind(entity, minute);
        if (kind < 6) {
            return a + 1_000 + (h2 & 0xFFFF) % 24_000;
        }
        return kind < 8 ? a + 31_000 + (h2 & 0xFFFF) % 8_000 : -1;
    }

    /** From 0 to 9: under 6 there is a B in time, at 6 and 7 a late one. */
    static int kind(int entity, int minute) {
        return (int) ((Mix.mix(hash(entity, minute) + 1) >>> 32) % 10);
    }
}
