package io.prunella.ruler.index;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.ruler.index.WindowPlan.Asked;
import io.prunella.ruler.window.RangeFunctions;
import io.prunella.ruler.window.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Functions over the samples of windows: each result is a series of its own, derived from that of the samples, with its
 * entity and labels; its value changes when a sample enters or leaves the window, and only then.
 */
final class Windows {
    /** Time of a derived series that has no value now. */
    static final long GONE = SeriesStore.NEVER + 1;
    /** Sums of at most so many multiples of 2^-10, each below 2^30, are exact whatever the order. */
    private static final int EXACT_COUNT = 8192;
    private static final double GRID = 1024;
    private static final double EXACT_VALUE = 1L << 40;

    private final SeriesStore series;
    /** How long a window may be whose result is computed from all of its samples, at each of them. */
    private static final int DEAREST = 1 << 16;
    /** How many samples a window may hold; past that it has no value, and that is said. */
    private final int most;
    private final Rings rings = new Rings();
    private final Departures departures = new Departures();
    private final RangeFunctions functions = new RangeFunctions();
    private final Samples scratch = new Samples();
    private @Nullable WindowPlan[] plans = new WindowPlan[0];
    private boolean asked;
    private Changes changes = (_, _, _) -> {};
    private LongConsumer timer = _ -> {};
    private Consumer<String> notices = _ -> {};
    private final Set<String> told = new HashSet<>();
    /** Of a track: the newest sample that was dropped for want of room. */
    private final Map<Integer, Long> overfull = new HashMap<>();

    /** By series: its track and one; -1 if nothing asks for its windows; 0 if not known yet. */
    private int[] trackOf = new int[256];
    private int[] ownerOf = new int[64];
    private int[] firstSlot = new int[64];
    private long[] dueAt = new long[64];
    private int tracks;

    /** By derived series: its slot and one. */
    private int[] slotOf = new int[256];
    private int[] derived = new int[64];
    private int[] trackOfSlot = new int[64];
    private Asked[] askedOf = new Asked[64];
    /** How many of the newest samples are in the window. */
    private int[] inside = new int[64];
    /** Sum of the values on the grid. */
    private long[] sum = new long[64];
    /** Values that are not on the grid; of counters, resets; of `changes`, changes. */
    private int[] special = new int[64];
    private int slots;

    /** Told when a derived series got another value that some rule may care for. */
    interface Changes {
        /** It has {@code had} a value before, or not. */
        void changed(int derivedSeries, boolean had, double before);
    }

    Windows(SeriesStore series, int most) {
        this.series = series;
        this.most = most;
    }

    void tell(Changes listener, LongConsumer timerListener, Consumer<String> noticeListener) {
        changes = listener;
        timer = timerListener;
        notices = noticeListener;
    }

    /** Whether any rule asks for a window. */
    boolean asked() {
        return asked;
    }

    Asked asked(RangeFunction function, int metric, long windowMillis, double parameter, boolean percent) {
        String name = Asked.name(function, series.metrics.get(metric), windowMillis, parameter, percent);
        return new Asked(function, metric, windowMillis, parameter, percent, series.metrics.of(name));
    }

    boolean isDerived(int number) {
        return number < slotOf.length && slotOf[number] != 0;
    }

    /** The series whose samples a derived one is made of. */
    int source(int derivedSeries) {
        return ownerOf[trackOfSlot[slotOf[derivedSeries] - 1]];
    }

    /** The derived series of a series. */
    void derivedOf(int number, IntList into) {
        into.clear();
        int track = number < trackOf.length ? trackOf[number] - 1 : -1;
        for (int slot = track < 0 ? 0 : firstSlot[track]; track >= 0 && slot < slots
                && trackOfSlot[slot] == track; slot++) {
            into.add(derived[slot]);
        }
    }

    /** Other windows are asked for: samples of those that still are stay; others fill from now on. */
    void plan(Set<Asked> all, long now) {
        Map<Integer, Set<Asked>> byMetric = new LinkedHashMap<>();
        all.forEach(one -> byMetric.computeIfAbsent(one.metric(), _ -> new LinkedHashSet<>()).add(one));
        plans = new WindowPlan[byMetric.keySet().stream().mapToInt(m -> m + 1).max().orElse(0)];
        byMetric.forEach((metric, wanted) -> plans[metric] = WindowPlan.of(List.copyOf(wanted)));
        asked = !all.isEmpty();
        int before = tracks;
        List<int[]> kept = new ArrayList<>();
        for (int track = 0; track < before; track++) {
            kept.add(new int[]{ownerOf[track], track});
        }
        Arrays.fill(trackOf, 0);
        Arrays.fill(slotOf, 0);
        slots = 0;
        overfull.clear();
        departures.clear();
        for (int[] old : kept) {
            WindowPlan plan = plan(old[0]);
            dueAt[old[1]] = Long.MAX_VALUE;
            firstSlot[old[1]] = slots;
            trackOf[old[0]] = old[1] + 1;
            if (plan == null) {
                while (rings.size(old[1]) > 0) {
                    rings.removeOldest(old[1]);
                }
            } else {
                open(old[1], plan);
                refill(old[1], now);
                look(old[1], now, Double.NaN, true, false);
            }
        }
    }

    private @Nullable WindowPlan plan(int number) {
        int metric = series.metric[number];
        return metric < plans.length ? plans[metric] : null;
    }

    /** A series has a sample, at {@code now}. */
    void sample(int number, double value, long now) {
        int track = number < trackOf.length ? trackOf[number] : 0;
        if (track == 0) {
            track = track(number);
        }
        if (track > 0) {
            enter(track - 1, value, now);
        }
    }

    private int track(int number) {
        if (number >= trackOf.length) {
            trackOf = Arrays.copyOf(trackOf, Math.max(series.value.length, number + 1));
        }
        WindowPlan plan = plan(number);
        if (plan == null) {
            trackOf[number] = -1;
            return -1;
        }
        int track = rings.create();
        if (track >= ownerOf.length) {
            int length = ownerOf.length * 2;
            ownerOf = Arrays.copyOf(ownerOf, length);
            firstSlot = Arrays.copyOf(firstSlot, length);
            dueAt = Arrays.copyOf(dueAt, length);
        }
        tracks = track + 1;
        ownerOf[track] = number;
        firstSlot[track] = slots;
        dueAt[track] = Long.MAX_VALUE;
        trackOf[number] = track + 1;
        open(track, plan);
        return track + 1;
    }

    private void open(int track, WindowPlan plan) {
        int owner = ownerOf[track];
        for (Asked one : plan.asked()) {
            if (slots == derived.length) {
                int length = slots * 2;
                derived = Arrays.copyOf(derived, length);
                trackOfSlot = Arrays.copyOf(trackOfSlot, length);
                askedOf = Arrays.copyOf(askedOf, length);
                inside = Arrays.copyOf(inside, length);
                sum = Arrays.copyOf(sum, length);
                special = Arrays.copyOf(special, length);
            }
            int number = series.derived(owner, one.derived());
            if (number >= slotOf.length) {
                slotOf = Arrays.copyOf(slotOf, Math.max(series.value.length, number + 1));
            }
            series.ts[number] = GONE;
            derived[slots] = number;
            trackOfSlot[slots] = track;
            askedOf[slots] = one;
            inside[slots] = 0;
            sum[slots] = 0;
            special[slots] = 0;
            slotOf[number] = ++slots;
            changes.changed(number, false, 0);
        }
    }

    /** Counts again what is in the windows. */
    private void refill(int track, long now) {
        int size = rings.size(track);
        for (int slot = firstSlot[track]; slot < slots && trackOfSlot[slot] == track; slot++) {
            inside[slot] = 0;
            sum[slot] = 0;
            special[slot] = 0;
            for (int i = 0; i < size; i++) {
                if (age(now, track, i) < askedOf[slot].windowMillis()) {
                    entered(slot, track, i, rings.value(track, i));
                }
            }
        }
    }

    private static long age(long now, int low) {
        return Integer.toUnsignedLong((int) now - low);
    }

    private long age(long now, int track, int index) {
        return age(now, rings.time(track, index));
    }

    private void enter(int track, double value, long now) {
        int size = rings.size(track);
        if (size > 0 && rings.time(track, size - 1) == (int) now) {
            // The same series and time twice: the later line wins.
            rings.removeNewest(track);
            rings.add(track, (int) now, value);
            refill(track, now);
            look(track, now, value, true, false);
            return;
        }
        if (size == most) {
            drop(track, now);
            size--;
        }
        rings.add(track, (int) now, value);
        for (int slot = firstSlot[track]; slot < slots && trackOfSlot[slot] == track; slot++) {
            entered(slot, track, size, value);
        }
        look(track, now, value, true, true);
    }

    private void drop(int track, long now) {
        long ts = now - age(now, track, 0);
        overfull.put(track, ts);
        for (int slot = firstSlot[track]; slot < slots && trackOfSlot[slot] == track; slot++) {
            if (inside[slot] == rings.size(track)) {
                left(slot, track);
            }
        }
        rings.removeOldest(track);
        tell(track, most, "kept");
    }

    private void tell(int track, int many, String what) {
        if (told.add(series.metrics.get(series.metric[ownerOf[track]]) + what)) {
            notices.accept("`" + series.text(ownerOf[track]) + "` of `" + series.entityOf(ownerOf[track])
                    + "` has more than " + many + " samples in a window, which is as many as are " + what
                    + ": what is asked of the window is unknown; use a shorter one");
        }
    }

    private double value(Asked one, double sent) {
        return one.percent() ? Decimal.ratioOfPercent(sent) : sent;
    }

    /** The sample at {@code index}, the newest of the window, is in it from now on. */
    private void entered(int slot, int track, int index, double sent) {
        Asked one = askedOf[slot];
        int before = inside[slot]++;
        switch (one.function()) {
            case AVG, SUM -> onGrid(slot, value(one, sent), 1);
            case RATE, INCREASE, RESETS ->
                special[slot] += before > 0 && value(one, sent) < value(one, rings.value(track, index - 1)) ? 1 : 0;
            case CHANGES -> special[slot] += before > 0
                    && changed(value(one, rings.value(track, index - 1)), value(one, sent)) ? 1 : 0;
            case IRATE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, MIN, MAX, COUNT, STDDEV, LAST, QUANTILE -> {
                // Nothing is kept beside the samples.
            }
        }
    }

    /** The oldest sample of the window is in it no more. */
    private void left(int slot, int track) {
        Asked one = askedOf[slot];
        int index = rings.size(track) - inside[slot]--;
        switch (one.function()) {
            case AVG, SUM -> onGrid(slot, value(one, rings.value(track, index)), -1);
            case RATE, INCREASE, RESETS -> special[slot] -= inside[slot] > 0
                    && value(one, rings.value(track, index + 1)) < value(one, rings.value(track, index)) ? 1 : 0;
            case CHANGES -> special[slot] -= inside[slot] > 0
                    && changed(value(one, rings.value(track, index)), value(one, rings.value(track, index + 1)))
                            ? 1
                            : 0;
            case IRATE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, MIN, MAX, COUNT, STDDEV, LAST, QUANTILE -> {
                // Nothing is kept beside the samples.
            }
        }
    }

    private void onGrid(int slot, double value, int sign) {
        double scaled = value * GRID;
        if (scaled == Math.rint(scaled) && Math.abs(scaled) < EXACT_VALUE) {
            sum[slot] += sign * (long) scaled;
        } else {
            special[slot] += sign;
        }
    }

    private static boolean changed(double before, double now) {
        return before != now && !(Double.isNaN(before) && Double.isNaN(now));
    }

    /** Takes out of the windows what has left them, and tells what came of it. */
    private void look(int track, long now, double entering, boolean touched, boolean entered) {
        int size = rings.size(track);
        long next = Long.MAX_VALUE;
        int needed = 0;
        for (int slot = firstSlot[track]; slot < slots && trackOfSlot[slot] == track; slot++) {
            long window = askedOf[slot].windowMillis();
            boolean extremeStays = entered;
            boolean changed = touched;
            double extreme = series.value[derived[slot]];
            while (inside[slot] > 0 && age(now, track, size - inside[slot]) >= window) {
                double leaving = value(askedOf[slot], rings.value(track, size - inside[slot]));
                extremeStays &= leaving != extreme;
                left(slot, track);
                changed = true;
            }
            if (changed || series.ts[derived[slot]] == GONE) {
                update(slot, track, now, extremeStays, entering);
            }
            needed = Math.max(needed, inside[slot]);
            if (inside[slot] > 0) {
                next = Math.min(next, now - age(now, track, size - inside[slot]) + window);
            }
        }
        while (size > needed) {
            rings.removeOldest(track);
            size--;
        }
        if (next < dueAt[track]) {
            dueAt[track] = next;
            departures.add(next, track, timer);
        }
    }

    /** Time alone may take samples out of windows. */
    void due(long at, long now) {
        IntList due = departures.take(at);
        if (due == null) {
            return;
        }
        for (int i = 0; i < due.size(); i++) {
            int track = due.get(i);
            if (dueAt[track] <= now) {
                dueAt[track] = Long.MAX_VALUE;
                look(track, now, Double.NaN, false, false);
            }
        }
        departures.giveBack(due);
    }

    private void update(int slot, int track, long now, boolean extremeStays, double entering) {
        int number = derived[slot];
        boolean had = series.ts[number] != GONE;
        double before = series.value[number];
        Asked one = askedOf[slot];
        if (inside[slot] < RangeFunctions.least(one.function()) || incomplete(track, one, now)
                || tooDear(slot, track)) {
            if (had) {
                series.ts[number] = GONE;
                changes.changed(number, true, before);
            }
            return;
        }
        double value = extremeStays && had && isExtreme(one.function())
                ? extreme(one, before, value(one, entering), slot, track, now)
                : compute(slot, track, now);
        series.value[number] = value;
        series.ts[number] = now;
        if (!had || !series.inBand(number, value)) {
            changes.changed(number, had, before);
        }
    }

    private static boolean isExtreme(RangeFunction function) {
        return function == RangeFunction.MIN || function == RangeFunction.MAX;
    }

    private double extreme(Asked one, double before, double entering, int slot, int track, long now) {
        if (Double.isNaN(before) || Double.isNaN(entering)) {
            return compute(slot, track, now);
        }
        boolean further = one.function() == RangeFunction.MAX ? entering > before : entering < before;
        return further ? entering : before;
    }

    private boolean tooDear(int slot, int track) {
        if (inside[slot] <= DEAREST || !computedFromAll(slot)) {
            return false;
        }
        tell(track, DEAREST, "computed anew at each of them");
        return true;
    }

    private boolean computedFromAll(int slot) {
        return switch (askedOf[slot].function()) {
            case STDDEV, QUANTILE, DERIV, PREDICT_LINEAR -> true;
            case AVG, SUM -> !exact(slot);
            case RATE, INCREASE, DELTA -> special[slot] > 0;
            case COUNT, LAST, RESETS, CHANGES, IRATE, IDELTA, MIN, MAX -> false;
        };
    }

    private boolean incomplete(int track, Asked one, long now) {
        if (overfull.isEmpty()) {
            return false;
        }
        Long dropped = overfull.get(track);
        return dropped != null && now - dropped < one.windowMillis();
    }

    private double compute(int slot, int track, long now) {
        Asked one = askedOf[slot];
        int count = inside[slot];
        int last = rings.size(track) - 1;
        int first = last + 1 - count;
        return switch (one.function()) {
            case COUNT -> count;
            case LAST -> value(one, rings.value(track, last));
            case RESETS, CHANGES -> special[slot];
            case AVG -> exact(slot) ? sum[slot] / GRID / count : slowly(slot, track, now);
            case SUM -> exact(slot) ? sum[slot] / GRID : slowly(slot, track, now);
            case RATE, INCREASE, DELTA -> special[slot] > 0
                    ? slowly(slot, track, now)
                    : RangeFunctions.extrapolated(one.function(), now - age(now, track, first),
                            value(one, rings.value(track, first)), now - age(now, track, last),
                            value(one, rings.value(track, last)), count, one.windowMillis(), now);
            case IRATE, IDELTA -> RangeFunctions.instant(one.function(), now - age(now, track, last - 1),
                    value(one, rings.value(track, last - 1)), now - age(now, track, last),
                    value(one, rings.value(track, last)));
            case MIN, MAX, STDDEV, QUANTILE, DERIV, PREDICT_LINEAR -> slowly(slot, track, now);
        };
    }

    private boolean exact(int slot) {
        return special[slot] == 0 && inside[slot] <= EXACT_COUNT;
    }

    private double slowly(int slot, int track, long now) {
        Asked one = askedOf[slot];
        fill(slot, track, now, Long.MIN_VALUE);
        return functions.of(one.function(), scratch, one.windowMillis(), one.parameter(), now);
    }

    private void fill(int slot, int track, long now, long newerThan) {
        scratch.clear();
        int size = rings.size(track);
        for (int i = size - inside[slot]; i < size; i++) {
            long ts = now - age(now, track, i);
            if (ts > newerThan) {
                scratch.add(ts, value(askedOf[slot], rings.value(track, i)));
            }
        }
    }

    /** The samples that a derived series' value is made of, good until anything else is asked. */
    Samples samples(int derivedSeries, long now) {
        int slot = slotOf[derivedSeries] - 1;
        fill(slot, trackOfSlot[slot], now, Long.MIN_VALUE);
        return scratch;
    }

    /** Of the samples after {@code newerThan} only; null where there are too few. */
    @Nullable
    Double newer(int derivedSeries, long now, long newerThan) {
        int slot = slotOf[derivedSeries] - 1;
        Asked one = askedOf[slot];
        int track = trackOfSlot[slot];
        fill(slot, track, now, newerThan);
        if (scratch.size() < RangeFunctions.least(one.function()) || incomplete(track, one, now)) {
            return null;
        }
        long newest = scratch.ts(scratch.size() - 1);
        // The newest sample entered later than any left, unless one that counts has left since.
        long changedAt = series.ts[derivedSeries];
        long at = changedAt - one.windowMillis() > newerThan ? Math.max(newest, changedAt) : newest;
        return functions.of(one.function(), scratch, one.windowMillis(), one.parameter(), at);
    }
}
