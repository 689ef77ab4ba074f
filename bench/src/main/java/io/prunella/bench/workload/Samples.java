package io.prunella.bench.workload;

/** The samples of W1, W2, W3 and W5: quiet series, some of which have an episode of high values in a block of ticks. */
public final class Samples {
    /** Epoch milliseconds of the first tick. */
    public static final long T0 = 1_700_000_000_000L;
    public static final int TICK_MILLIS = 15_000;
    public static final int METRICS = 20;
    /** Ticks in a block: an episode lies within one. */
    public static final int BLOCK = 16;

    private static final int EPISODES_OF_65536 = 2621;
    private static final int EVENTS_OF_65536 = 655;

    private final long seed;
    private final int entities;

    public Samples(long seed, int entities) {
        if (entities % 7919 == 0) {
            throw new IllegalArgumentException("not all entities would be visited: " + entities);
        }
        this.seed = seed;
        this.entities = entities;
    }

    /** How many there are. */
    public int entities() {
        return entities;
    }

    public static long ts(long tick) {
        return T0 + TICK_MILLIS * tick;
    }

    /** The block that an instant lies in. */
    public static long block(long ts) {
        return (ts - T0) / TICK_MILLIS / BLOCK;
    }

    /** Which entity comes at a position of a tick. */
    int entityAt(int position, int tick) {
        return (int) ((position * 7919L + tick * 104729L) % entities);
    }

    /** The value of a series, which is {@code entity * METRICS + metric}, at a tick. */
    public double value(int series, int tick) {
        long h = Mix.mix(seed + Mix.G * (1 + ((long) series << 20) + tick / BLOCK));
        if ((h & 0xFFFF) < EPISODES_OF_65536) {
            int offset = (int) (h >>> 16) & 7;
            int length = ((h >>> 19) & 1) == 0 ? 1 : 3 + (int) ((h >>> 20) & 0xFF) % 5;
            int at = tick % BLOCK;
            if (at >= offset && at < offset + length) {
                double u = Mix.unit(Mix.mix(h));
                return Mix.quantized(55 + 45 * u * u * u);
            }
        }
        return Mix.quantized(10 + 40 * Mix.unit(Mix.mix(~seed + Mix.G * (1 + ((long) series << 20) + tick))));
    }

    /** Whether the entity has an event after its samples of a tick (W5). */
    public static boolean event(int entity, int tick) {
        return (Mix.mix(777 + Mix.G * (1 + ((long) entity << 20) + tick)) & 0xFFFF) < EVENTS_OF_65536;
    }

    /** Overwrites a tick's record with another tick. */
    public void fill(Tick into, int tick) {
        into.number = tick;
        into.ts = ts(tick);
        for (int position = 0; position < entities; position++) {
            int entity = entityAt(position, tick);
            into.entity[position] = entity;
            into.event[position] = event(entity, tick);
            for (int metric = 0; metric < METRICS; metric++) {
                into.value[position * METRICS + metric] = value(entity * METRICS + metric, tick);
            }
        }
    }
}
