package io.prunella.ruler.index;

/** Values stop being valid: each watched series has one timer, set anew only when it comes due. */
final class Staleness {
    private final World world;

    Staleness(World world) {
        this.world = world;
    }

    /** A series has a new value: all deadlines lie before it again. */
    void renewed(int number, MetricWatch watch) {
        SeriesStore series = world.series;
        series.state[number] &= (1 << SeriesStore.STAGE_SHIFT) - 1;
        if ((series.state[number] & SeriesStore.TIMED) == 0) {
            series.state[number] |= SeriesStore.TIMED;
            world.round.stalenessAt(later(world.round.now, watch.staleAfter[0]), number);
        }
    }

    /** Whether its newest value was valid for every rule that asks. */
    boolean fresh(int number) {
        return world.series.state[number] >>> SeriesStore.STAGE_SHIFT == 0;
    }

    private static long later(long instant, long millis) {
        return instant > Long.MAX_VALUE - millis ? Long.MAX_VALUE : instant + millis;
    }

    /** A series' timer has come due. */
    void due(int number) {
        SeriesStore series = world.series;
        MetricWatch watch = world.book.metric(series.metric[number]);
        series.state[number] &= ~SeriesStore.TIMED;
        if (watch == null) {
            return;
        }
        long ts = series.ts[number];
        int passed = 0;
        while (passed < watch.staleAfter.length && world.round.now - ts >= watch.staleAfter[passed]) {
            passed++;
        }
        if (passed != series.state[number] >>> SeriesStore.STAGE_SHIFT) {
            int flags = series.state[number] & ((1 << SeriesStore.STAGE_SHIFT) - 1);
            series.state[number] = (byte) (flags | (passed << SeriesStore.STAGE_SHIFT));
            world.settle(number, Double.NaN, Double.NaN);
            world.mark(watch.all, number);
        }
        if (passed < watch.staleAfter.length) {
            series.state[number] |= SeriesStore.TIMED;
            world.round.stalenessAt(later(ts, watch.staleAfter[passed]), number);
        }
    }
}
