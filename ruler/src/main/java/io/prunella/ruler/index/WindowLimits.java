package io.prunella.ruler.index;

import io.prunella.ruler.index.WindowPlan.Column;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What one window may cost: past that it has no value, which is told once, so that one rule cannot stop all others. */
final class WindowLimits {
    /** How many samples a window may hold whose result is computed from all of them, at each of them. */
    private static final int DEAREST = 1 << 16;
    /** How many samples may be looked at for one such result in a second of the records: half of a core is busy then. */
    private static final long DEAREST_SECOND = 1L << 24;
    /** So few samples are not worth asking. */
    private static final int CHEAP = 1 << 10;

    private final SeriesStore series;
    private final Rings rings;
    private final WindowValues values;
    /** How many samples are kept of a series. */
    private final int most;
    private Consumer<String> notices = _ -> {};
    private final Set<String> told = new HashSet<>();
    /** Of a ring: the newest sample that was dropped for want of room. */
    private final Map<Integer, Long> overfull = new HashMap<>();

    WindowLimits(SeriesStore series, Rings rings, WindowValues values, int most) {
        this.series = series;
        this.rings = rings;
        this.values = values;
        this.most = most;
    }

    void tell(Consumer<String> noticeListener) {
        notices = noticeListener;
    }

    boolean full(int ring) {
        return rings.size(ring) == most;
    }

    /** A ring's oldest sample is dropped, though it is in some window still. */
    void dropped(int ring, long now) {
        overfull.put(ring, now - WindowValues.age(now, rings.time(ring, 0)));
        tell(ring, most, "kept");
    }

    /** Whether all samples of all windows are there. */
    boolean nothingDropped() {
        return overfull.isEmpty();
    }

    /** A ring is no more. */
    void forget(int ring) {
        overfull.remove(ring);
    }

    /** Whether a window has a value. */
    boolean known(int slot, Column column, int ring, long now) {
        return values.inside(slot, column, ring) >= column.least && complete(ring, column, now)
                && !tooDear(slot, column, ring, now);
    }

    /** Whether all samples of a window are there. */
    boolean complete(int ring, Column column, long now) {
        Long dropped = overfull.isEmpty() ? null : overfull.get(ring);
        return dropped == null || now - dropped >= column.window;
    }

    private boolean tooDear(int slot, Column column, int ring, long now) {
        long many = values.inside(slot, column, ring);
        if (many <= CHEAP || !values.fromAll(slot, column)) {
            return false;
        }
        // Each sample costs as much as there are samples: so many each second.
        long span = WindowValues.age(now, rings.time(ring, rings.size(ring) - (int) many));
        if (many <= DEAREST && many * many / Math.max(1, span / 1000) <= DEAREST_SECOND) {
            return false;
        }
        tell(ring, (int) Math.min(many - 1, DEAREST), "computed anew at each of them");
        return true;
    }

    private void tell(int ring, int many, String what) {
        int number = rings.owner(ring);
        if (told.add(series.metrics.get(series.metric[number]) + what)) {
            notices.accept("`" + series.text(number) + "` of `" + series.entityOf(number) + "` has more than " + many
                    + " samples in a window, which is as many as are " + what
                    + ": what is asked of the window is unknown; use a shorter one");
        }
    }
}
