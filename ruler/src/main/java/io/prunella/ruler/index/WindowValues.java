package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.ruler.index.WindowPlan.Column;
import io.prunella.ruler.window.RangeFunctions;
import io.prunella.ruler.window.Samples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of every window of every series beside its samples, so that a sample that enters or leaves costs little,
 * and the function's value.
 *
 * <p>A slot is one function over one window of one series. Values are those of Prometheus bit by bit: sums are carried
 * along only while all of them are exact, in whatever order they are added; else they are added up anew.
 */
final class WindowValues {
    /** Sums are carried along in multiples of 2^-10. */
    private static final double GRID = 1024;
    /** Multiples that are carried along; the sum of the negative ones of a window stays below 2^52. */
    private static final double LEAST_ON_GRID = -(1L << 35);
    private static final double MOST_ON_GRID = 1L << 45;
    /** With negative parts of at most 2^52, no sum on the way to one up to this needs more than 53 bits. */
    private static final long EXACT = 1L << 52;
    /** In the place of a sum: some value is not on the grid; with the low bits of the time of the newest such. */
    private static final long OFF_GRID = Long.MIN_VALUE;

    /** From so many samples on, what asks for their order is told by an order that is kept. */
    private static final int MANY = 1024;

    private final Rings rings;
    private final RangeFunctions functions = new RangeFunctions();
    private final Samples scratch = new Samples();

    /** The sum on the grid; of counters, resets; of `changes`, changes; of extremes, 1 when it has to be found anew. */
    private long[] kept = new long[64];
    /** Results that are not made of the above at once; for the slots up to the last such. */
    private double[] value = {};
    /** How many of the newest samples are in the window, where it is not the longest; up to the last such. */
    private int[] inside = {};
    /** Low bits of when the result became what it is, for functions that depend on that; up to the last such. */
    private int[] changedAt = {};

    /** By slot, of functions of the order of values: these, where there are many. */
    private final Map<Integer, Ranked> ranked = new HashMap<>();

    WindowValues(Rings rings) {
        this.rings = rings;
    }

    /** Makes a slot, with nothing in its window. */
    void open(int slot, Column column) {
        if (slot >= kept.length) {
            kept = Arrays.copyOf(kept, slot + (slot >> 2));
        }
        kept[slot] = 0;
        ranked.remove(slot);
        if (!column.longest) {
            if (slot >= inside.length) {
                inside = Arrays.copyOf(inside, slot + (slot >> 2) + 16);
            }
            inside[slot] = 0;
        }
        if (stored(column)) {
            store(slot, 0);
        }
        if (RangeFunctions.timed(column.function)) {
            if (slot >= changedAt.length) {
                changedAt = Arrays.copyOf(changedAt, slot + (slot >> 2) + 16);
            }
        }
    }

    private static boolean stored(Column column) {
        return switch (column.function) {
            case COUNT, LAST, RESETS, CHANGES, AVG, SUM -> false;
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, MIN, MAX, STDDEV, QUANTILE -> true;
        };
    }

    private void store(int slot, double result) {
        if (slot >= value.length) {
            value = Arrays.copyOf(value, slot + (slot >> 2) + 16);
        }
        value[slot] = result;
    }

    /** How many samples are in the window. */
    int inside(int slot, Column column, int ring) {
        return column.longest ? rings.size(ring) : inside[slot];
    }

    /** The ring's newest sample is in the window from now on. */
    void enter(int slot, Column column, int ring, double sent) {
        int many = column.longest ? rings.size(ring) : ++inside[slot];
        entered(slot, column, ring, rings.size(ring) - 1, many, sent);
    }

    /** @param many how many are in the window now, of which the newest is at {@code index} */
    private void entered(int slot, Column column, int ring, int index, int many, double sent) {
        double entering = column.asked.value(sent);
        Ranked byRank = ranked.isEmpty() ? null : ranked.get(slot);
        if (byRank != null) {
            byRank.add(entering);
        }
        switch (column.function) {
            case AVG, SUM -> add(slot, ring, index, entering);
            case RATE, INCREASE, RESETS -> kept[slot] += many > 1 && entering < before(column, ring, index) ? 1 : 0;
            case CHANGES -> kept[slot] += many > 1 && changed(before(column, ring, index), entering) ? 1 : 0;
            case MIN, MAX -> {
                double extreme = value[slot];
                if (many == 1 || Double.isNaN(extreme) || Double.isNaN(entering)) {
                    kept[slot] = 1;
                } else if (further(column, entering, extreme)) {
                    value[slot] = entering;
                }
            }
            case IRATE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, COUNT, STDDEV, LAST, QUANTILE -> {
                // Nothing is kept beside the samples.
            }
        }
    }

    private static boolean further(Column column, double one, double other) {
        return switch (column.function) {
            case MIN -> one < other;
            case MAX -> one > other;
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, COUNT, LAST, RESETS, CHANGES, AVG, SUM,
                    STDDEV, QUANTILE ->
                throw new IllegalArgumentException("no extreme: " + column.function);
        };
    }

    private double before(Column column, int ring, int index) {
        return column.asked.value(rings.value(ring, index - 1));
    }

    /** The oldest sample of the window is in it no more; it is in the ring still. */
    void leave(int slot, Column column, int ring) {
        int many = inside(slot, column, ring);
        int index = rings.size(ring) - many;
        double leaving = column.asked.value(rings.value(ring, index));
        Ranked byRank = ranked.isEmpty() ? null : ranked.get(slot);
        if (byRank != null) {
            byRank.remove(leaving);
            if (byRank.size() < MANY / 4) {
                ranked.remove(slot);
            }
        }
        switch (column.function) {
            case AVG, SUM -> subtract(slot, column, ring, index, leaving);
            case RATE, INCREASE, RESETS ->
                kept[slot] -= many > 1 && before(column, ring, index + 2) < leaving ? 1 : 0;
            case CHANGES -> kept[slot] -= many > 1 && changed(leaving, before(column, ring, index + 2)) ? 1 : 0;
            case MIN, MAX -> kept[slot] = leaving == value[slot] || Double.isNaN(value[slot]) ? 1 : kept[slot];
            case IRATE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, COUNT, STDDEV, LAST, QUANTILE -> {
                // Nothing is kept beside the samples.
            }
        }
        if (!column.longest) {
            inside[slot]--;
        }
    }

    /** Counts anew what is in the window, which is the {@code many} newest. */
    void refill(int slot, Column column, int ring, int many) {
        open(slot, column);
        if (!column.longest) {
            inside[slot] = many;
        }
        int size = rings.size(ring);
        for (int i = size - many; i < size; i++) {
            entered(slot, column, ring, i, i - (size - many) + 1, rings.value(ring, i));
        }
        if (extreme(column)) {
            kept[slot] = 1;
        }
    }

    private static boolean extreme(Column column) {
        return switch (column.function) {
            case MIN, MAX -> true;
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, COUNT, LAST, RESETS, CHANGES, AVG, SUM,
                    STDDEV, QUANTILE ->
                false;
        };
    }

    private void add(int slot, int ring, int index, double entering) {
        double scaled = entering * GRID;
        if (scaled != Math.rint(scaled) || !(scaled > LEAST_ON_GRID) || !(scaled < MOST_ON_GRID)) {
            kept[slot] = OFF_GRID + Integer.toUnsignedLong(rings.time(ring, index));
        } else if (onGrid(slot)) {
            kept[slot] += (long) scaled;
        }
    }

    private void subtract(int slot, Column column, int ring, int index, double leaving) {
        if (onGrid(slot)) {
            kept[slot] -= (long) (leaving * GRID);
        } else if ((int) kept[slot] == rings.time(ring, index)) {
            kept[slot] = 0;
            for (int i = index + 1; i < rings.size(ring); i++) {
                kept[slot] += (long) (column.asked.value(rings.value(ring, i)) * GRID);
            }
        }
    }

    /** Whether nothing but a sum is kept, and an entering value can be added to it. */
    boolean slides(int slot, Column column, double entering) {
        double scaled = entering * GRID;
        return column.summed && scaled == Math.rint(scaled) && scaled > LEAST_ON_GRID && scaled < MOST_ON_GRID
                && exact(slot);
    }

    /** One value has entered and one has left. */
    void slide(int slot, double entering, double leaving) {
        kept[slot] += (long) (entering * GRID) - (long) (leaving * GRID);
    }

    /** The sum or average that is kept; NaN when it is not exact. */
    double sliding(int slot, Column column, int many) {
        double sum = exact(slot) ? kept[slot] / GRID : Double.NaN;
        return column.function == RangeFunction.AVG ? sum / many : sum;
    }

    private boolean onGrid(int slot) {
        return kept[slot] >= OFF_GRID / 2;
    }

    private boolean exact(int slot) {
        return Math.abs(kept[slot]) <= EXACT && onGrid(slot);
    }

    private static boolean changed(double before, double now) {
        return before != now && !(Double.isNaN(before) && Double.isNaN(now));
    }

    /** Whether the value is computed from all samples, whenever one comes or goes. */
    boolean fromAll(int slot, Column column) {
        return switch (column.function) {
            case STDDEV, DERIV, PREDICT_LINEAR -> true;
            case AVG, SUM -> !exact(slot);
            case RATE, INCREASE, DELTA -> kept[slot] > 0;
            case COUNT, LAST, RESETS, CHANGES, IRATE, IDELTA, MIN, MAX, QUANTILE -> false;
        };
    }

    /** Computes what does not follow at once from what is kept. */
    void refresh(int slot, Column column, int ring, long now) {
        if (RangeFunctions.timed(column.function)) {
            changedAt[slot] = (int) now;
        }
        switch (column.function) {
            case COUNT, LAST, RESETS, CHANGES -> {
                // It is there already.
            }
            case AVG, SUM -> {
                if (!exact(slot)) {
                    store(slot, slowly(slot, column, ring, now));
                }
            }
            case MIN, MAX -> {
                if (kept[slot] > 0) {
                    kept[slot] = 0;
                    value[slot] = extreme(slot, column, ring, now);
                }
            }
            case RATE, INCREASE, DELTA -> value[slot] = kept[slot] > 0
                    ? slowly(slot, column, ring, now)
                    : extrapolated(slot, column, ring, now);
            case IRATE, IDELTA -> {
                int last = rings.size(ring) - 1;
                value[slot] = RangeFunctions.instant(column.function, ts(now, ring, last - 1),
                        before(column, ring, last), ts(now, ring, last), before(column, ring, last + 1));
            }
            case QUANTILE -> value[slot] = quantile(slot, column, ring, now);
            case STDDEV, DERIV, PREDICT_LINEAR -> value[slot] = slowly(slot, column, ring, now);
        }
    }

    private double quantile(int slot, Column column, int ring, long now) {
        Ranked byRank = byRank(slot, column, ring, now);
        return byRank == null
                ? slowly(slot, column, ring, now)
                : RangeFunctions.quantile(byRank::get, byRank.size(), byRank.numbers(), column.asked.parameter());
    }

    private double extreme(int slot, Column column, int ring, long now) {
        Ranked byRank = byRank(slot, column, ring, now);
        if (byRank == null) {
            return slowly(slot, column, ring, now);
        }
        return byRank.numbers() == 0
                ? Double.NaN
                : byRank.get(column.function == RangeFunction.MIN ? 0 : byRank.numbers() - 1);
    }

    /** The window's values by size, kept from here on; null where they are too few to be worth it. */
    private @Nullable Ranked byRank(int slot, Column column, int ring, long now) {
        Ranked known = ranked.get(slot);
        if (known == null && inside(slot, column, ring) >= MANY) {
            Samples all = samples(slot, column, ring, now, Long.MIN_VALUE);
            known = new Ranked();
            for (int i = 0; i < all.size(); i++) {
                known.add(all.value(i));
            }
            ranked.put(slot, known);
        }
        return known;
    }

    private double extrapolated(int slot, Column column, int ring, long now) {
        int many = inside(slot, column, ring);
        int last = rings.size(ring) - 1;
        int first = last + 1 - many;
        return RangeFunctions.extrapolated(column.function, ts(now, ring, first), before(column, ring, first + 1),
                ts(now, ring, last), before(column, ring, last + 1), many, column.window, now);
    }

    /** The value, where there is one. */
    double current(int slot, Column column, int ring) {
        return switch (column.function) {
            case COUNT -> inside(slot, column, ring);
            case LAST -> before(column, ring, rings.size(ring));
            case RESETS, CHANGES -> kept[slot];
            case AVG -> exact(slot) ? kept[slot] / GRID / inside(slot, column, ring) : value[slot];
            case SUM -> exact(slot) ? kept[slot] / GRID : value[slot];
            case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, MIN, MAX, STDDEV, QUANTILE -> value[slot];
        };
    }

    /** How long ago a time was of which only the low bits are known. */
    static long age(long now, int low) {
        return Integer.toUnsignedLong((int) now - low);
    }

    private long ts(long now, int ring, int index) {
        return now - age(now, rings.time(ring, index));
    }

    private double slowly(int slot, Column column, int ring, long now) {
        samples(slot, column, ring, now, Long.MIN_VALUE);
        return functions.of(column.function, scratch, column.window, column.asked.parameter(), now);
    }

    /** The samples in the window that are newer than an instant, good until anything else is asked. */
    Samples samples(int slot, Column column, int ring, long now, long newerThan) {
        scratch.clear();
        int size = rings.size(ring);
        for (int i = size - inside(slot, column, ring); i < size; i++) {
            long ts = ts(now, ring, i);
            if (ts > newerThan) {
                scratch.add(ts, column.asked.value(rings.value(ring, i)));
            }
        }
        return scratch;
    }

    /** What the value is of samples that {@link #samples} gave, some of the window's. */
    double of(int slot, Column column, Samples samples, long now, long newerThan) {
        long at = samples.ts(samples.size() - 1);
        if (RangeFunctions.timed(column.function)) {
            // The newest sample entered later than any left, unless one that counts has left since.
            long changed = now - age(now, changedAt[slot]);
            at = changed - column.window > newerThan ? Math.max(at, changed) : at;
        }
        return functions.of(column.function, samples, column.window, column.asked.parameter(), at);
    }
}
