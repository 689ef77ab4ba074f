package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.ruler.index.WindowPlan.Asked;
import io.prunella.ruler.index.WindowPlan.Column;
import io.prunella.ruler.window.RangeFunctions;
import io.prunella.ruler.window.Samples;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Functions over the samples of windows: what comes of a window changes when a sample enters or leaves it, and only
 * then; rules hear of it when that takes it to another band of theirs.
 */
final class Windows {
    private final SeriesStore series;
    private final Rings rings = new Rings();
    private final WindowValues values = new WindowValues(rings);
    private final WindowBands bands = new WindowBands(rings);
    private final WindowLimits limits;
    private final Departures departures = new Departures();
    private final WindowPlans plans = new WindowPlans();
    private LongConsumer timer = _ -> {};
    /** By series: its ring and one; -1 if nothing asks for its windows; 0 if not known yet. */
    private int[] ringOf = new int[256];
    private int slots;
    /** Values before a change, by place in the plan. */
    private double[] before = new double[4];

    /** @param most how many samples are kept of a series */
    Windows(SeriesStore series, int most) {
        this.series = series;
        this.limits = new WindowLimits(series, rings, values, most);
    }

    void tell(WindowBands.Changes listener, LongConsumer timerListener, Consumer<String> noticeListener) {
        bands.tell(listener);
        timer = timerListener;
        limits.tell(noticeListener);
    }

    /** Whether any rule asks for a window. */
    boolean asked() {
        return plans.any();
    }

    // --- which windows there are

    /** Other windows are asked for: samples of those that still are stay; others fill from now on. */
    void plan(Set<Asked> all, IntFunction<@Nullable MetricWatch> watches, long now) {
        boolean same = plans.renew(all, watches);
        for (int number = 0; number < ringOf.length; number++) {
            int ring = ringOf[number] - 1;
            if (ring < 0) {
                ringOf[number] = 0;
            } else if (plan(number) == null) {
                rings.drop(ring);
                limits.forget(ring);
                ringOf[number] = 0;
            }
        }
        if (!same) {
            slots = 0;
            departures.clear();
        }
        for (int number = 0; number < ringOf.length; number++) {
            WindowPlan plan = ringOf[number] > 0 ? plan(number) : null;
            if (plan != null && !(same && plans.kept(series.metric[number]))) {
                renew(ringOf[number] - 1, plan, !same, now);
            }
        }
    }

    /** Rules are others: none that was there before hears of a change, as there is none. */
    private void renew(int ring, WindowPlan plan, boolean anew, long now) {
        if (anew) {
            open(ring, plan);
            refill(ring, plan, now);
            if (rings.size(ring) > 0) {
                await(ring, next(ring, plan, now));
            }
        }
        for (int i = 0; i < plan.columns.length; i++) {
            int slot = rings.first(ring) + i;
            Column column = plan.columns[i];
            if (anew ? limits.known(slot, column, ring, now) : bands.has(slot)) {
                if (anew) {
                    values.refresh(slot, column, ring, now);
                }
                bands.settle(slot, column, values.current(slot, column, ring));
            }
        }
    }

    private @Nullable WindowPlan plan(int number) {
        return plans.of(series.metric[number]);
    }

    private void open(int ring, WindowPlan plan) {
        rings.first(ring, slots);
        if (plan.columns.length > before.length) {
            before = new double[plan.columns.length * 2];
        }
        for (Column column : plan.columns) {
            bands.open(slots);
            values.open(slots++, column);
        }
    }

    private int ring(int number) {
        if (number >= ringOf.length) {
            ringOf = Arrays.copyOf(ringOf, Math.max(series.capacity(), number + 1));
        }
        WindowPlan plan = plan(number);
        if (plan == null) {
            ringOf[number] = -1;
            return -1;
        }
        int ring = rings.create(number);
        ringOf[number] = ring + 1;
        open(ring, plan);
        for (Column column : plan.columns) {
            // From now on the series is one that the subject once had.
            bands.told(ring, column);
        }
        return ring + 1;
    }

    // --- samples come and go

    /** A series has a sample, at {@code now}. */
    void sample(int number, double value, long now) {
        int ring = number < ringOf.length ? ringOf[number] : 0;
        if (ring == 0) {
            ring = ring(number);
        }
        WindowPlan plan = ring > 0 ? plan(number) : null;
        if (plan != null && !slides(ring - 1, plan.columns[0], value, now)) {
            enter(ring - 1, plan, value, now);
        }
    }

    /**
     * What nearly every sample does: it enters as another leaves, a sum is another, and the value stays in its band.
     * Everything else, and all where there are several windows, goes the way of {@link #enter}.
     */
    private boolean slides(int ring, Column column, double value, long now) {
        int slot = rings.first(ring);
        if (!column.sole || !bands.settled(slot) || rings.due(ring) != (int) now
                || !values.slides(slot, column, value)) {
            return false;
        }
        double leaving = rings.slide(ring, (int) now, value, column.window);
        if (Double.isNaN(leaving)) {
            return false;
        }
        values.slide(slot, value, leaving);
        double result = values.sliding(slot, column, rings.size(ring));
        if (Double.isNaN(result) || !limits.nothingDropped() || !bands.stays(slot, column, result)) {
            update(slot, column, ring, 0, now);
        }
        departures.seen(now, now - rings.span(ring) + column.window);
        return true;
    }

    private void enter(int ring, WindowPlan plan, double value, long now) {
        boolean awaited = rings.size(ring) > 0;
        if (awaited && rings.newest(ring) == (int) now) {
            replace(ring, plan, value, now);
            return;
        }
        Column[] columns = plan.columns;
        int slot = rings.first(ring);
        for (int i = 0; i < columns.length; i++) {
            remember(slot + i, columns[i], ring, i);
            leave(slot + i, columns[i], ring, now);
        }
        if (limits.full(ring)) {
            drop(ring, plan, now);
        }
        rings.add(ring, (int) now, value);
        for (int i = 0; i < columns.length; i++) {
            values.enter(slot + i, columns[i], ring, value);
            update(slot + i, columns[i], ring, i, now);
        }
        if (!awaited) {
            await(ring, next(ring, plan, now));
        } else if (rings.due(ring) == (int) now) {
            departures.seen(now, next(ring, plan, now));
        } else if (columns.length > 1) {
            // A shorter window may have been empty.
            long next = next(ring, plan, now);
            if ((int) next - rings.due(ring) < 0) {
                await(ring, next);
            }
        }
    }

    /** The same series and time twice: the later line wins. */
    private void replace(int ring, WindowPlan plan, double value, long now) {
        int slot = rings.first(ring);
        for (int i = 0; i < plan.columns.length; i++) {
            remember(slot + i, plan.columns[i], ring, i);
        }
        rings.removeNewest(ring);
        rings.add(ring, (int) now, value);
        refill(ring, plan, now);
        for (int i = 0; i < plan.columns.length; i++) {
            update(slot + i, plan.columns[i], ring, i, now);
        }
    }

    /** Counts again what is in the windows. */
    private void refill(int ring, WindowPlan plan, long now) {
        int slot = rings.first(ring);
        int size = rings.size(ring);
        int needed = 0;
        for (int i = 0; i < plan.columns.length; i++) {
            int many = 0;
            while (many < size && WindowValues.age(now,
                    rings.time(ring, size - 1 - many)) < plan.columns[i].window) {
                many++;
            }
            needed = Math.max(needed, many);
        }
        for (; size > needed; size--) {
            rings.removeOldest(ring);
        }
        for (int i = 0; i < plan.columns.length; i++) {
            int many = 0;
            while (many < size && WindowValues.age(now,
                    rings.time(ring, size - 1 - many)) < plan.columns[i].window) {
                many++;
            }
            values.refill(slot + i, plan.columns[i], ring, many);
        }
    }

    private void await(int ring, long next) {
        rings.due(ring, (int) next);
        departures.add(next, ring, timer);
    }

    /** The value before the change that comes now, where its band does not tell enough. */
    private void remember(int slot, Column column, int ring, int place) {
        if (bands.unsettled(slot)) {
            before[place] = values.current(slot, column, ring);
        }
    }

    /** Takes out of a window what has left it; whether there was anything. */
    private boolean leave(int slot, Column column, int ring, long now) {
        boolean any = false;
        int size = rings.size(ring);
        int many = values.inside(slot, column, ring);
        while (many > 0 && WindowValues.age(now, rings.time(ring, size - many)) >= column.window) {
            values.leave(slot, column, ring);
            many--;
            if (column.longest) {
                rings.removeOldest(ring);
                size--;
            }
            any = true;
        }
        return any;
    }

    private void drop(int ring, WindowPlan plan, long now) {
        limits.dropped(ring, now);
        for (int i = 0; i < plan.columns.length; i++) {
            int slot = rings.first(ring) + i;
            if (values.inside(slot, plan.columns[i], ring) == rings.size(ring)) {
                values.leave(slot, plan.columns[i], ring);
            }
        }
        rings.removeOldest(ring);
    }

    /** When the next sample leaves a window; {@link Long#MAX_VALUE} when there is none. */
    private long next(int ring, WindowPlan plan, long now) {
        long next = Long.MAX_VALUE;
        int slot = rings.first(ring);
        int size = rings.size(ring);
        for (int i = 0; i < plan.columns.length; i++) {
            int many = values.inside(slot + i, plan.columns[i], ring);
            if (many > 0) {
                next = Math.min(next,
                        now - WindowValues.age(now, rings.time(ring, size - many)) + plan.columns[i].window);
            }
        }
        return next;
    }

    /** Time alone may take samples out of windows. */
    void due(long at, long now) {
        Departures.Batch batch = departures.take(at);
        if (batch == null) {
            return;
        }
        long together = batch.next();
        if (together > now) {
            for (int i = 0; i < batch.rings.size(); i++) {
                rings.due(batch.rings.get(i), (int) together);
            }
            departures.goOn(batch, together, timer);
            return;
        }
        for (int i = 0; i < batch.rings.size(); i++) {
            int ring = batch.rings.get(i);
            if (rings.size(ring) > 0 && rings.due(ring) == (int) at) {
                look(ring, now);
            }
        }
        departures.giveBack(batch);
    }

    private void look(int ring, long now) {
        WindowPlan plan = plan(rings.owner(ring));
        if (plan == null) {
            return;
        }
        int slot = rings.first(ring);
        for (int i = 0; i < plan.columns.length; i++) {
            remember(slot + i, plan.columns[i], ring, i);
            if (leave(slot + i, plan.columns[i], ring, now)) {
                update(slot + i, plan.columns[i], ring, i, now);
            }
        }
        if (rings.size(ring) > 0) {
            await(ring, next(ring, plan, now));
        }
    }

    // --- what comes of it

    private void update(int slot, Column column, int ring, int place, long now) {
        if (!limits.known(slot, column, ring, now)) {
            bands.gone(slot, column, ring);
            return;
        }
        values.refresh(slot, column, ring, now);
        double value = values.current(slot, column, ring);
        if (!bands.stays(slot, column, value)) {
            bands.turned(slot, column, ring, before[place], value);
        }
    }

    // --- what is asked

    /** What rules ask of windows of a metric. */
    Column[] columns(int metric) {
        return plans.columns(metric);
    }

    private int ringOf(int number) {
        return number < ringOf.length ? ringOf[number] - 1 : -1;
    }

    /** Where what is asked of a series' window is kept; -1 where it is not. */
    private int slot(int number, Asked one) {
        int ring = ringOf(number);
        WindowPlan plan = ring < 0 ? null : plan(number);
        int place = plan == null ? -1 : plan.place(one);
        return place < 0 ? -1 : rings.first(ring) + place;
    }

    /** Whether a series' window has a value. */
    boolean has(int number, Asked one) {
        int slot = slot(number, one);
        return slot >= 0 && bands.has(slot);
    }

    double value(int number, Asked one) {
        return values.current(slot(number, one), plans.column(one), ringOf(number));
    }

    /** The samples that it is made of, good until anything else is asked. */
    Samples samples(int number, Asked one, long now) {
        int slot = slot(number, one);
        return slot < 0
                ? new Samples()
                : values.samples(slot, plans.column(one), ringOf(number), now, Long.MIN_VALUE);
    }

    /** Of the samples after {@code newerThan} only; null where there are too few. */
    @Nullable
    Double newer(int number, Asked one, long now, long newerThan) {
        int slot = slot(number, one);
        if (slot < 0) {
            return null;
        }
        Column column = plans.column(one);
        int ring = ringOf(number);
        Samples samples = values.samples(slot, column, ring, now, newerThan);
        if (samples.size() < RangeFunctions.least(one.function()) || !limits.complete(ring, column, now)) {
            return null;
        }
        return values.of(slot, column, samples, now, newerThan);
    }
}
