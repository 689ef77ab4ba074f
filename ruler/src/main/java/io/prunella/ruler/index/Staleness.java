package io.prunella.ruler.index;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Values stop being valid.
 *
 * <p>Each watched series waits for one instant at most: in a chain of all those that may come due within some seconds of
 * each other, which is looked through when they begin. There nearly all have newer values and go to a later chain; of the
 * few others the instant itself is awaited.
 */
final class Staleness {
    private static final int WIDTH_SHIFT = 13;
    private static final int CHAINS = 128;
    private static final int END = -1;

    private final World world;
    private final int[] first = new int[CHAINS];
    /** By series: the one after it in its chain. */
    private int[] next = new int[0];

    Staleness(World world) {
        this.world = world;
        Arrays.fill(first, END);
    }

    /** A series has a new value: all deadlines lie before it again. */
    void renewed(int number, MetricWatch watch) {
        SeriesStore series = world.series;
        series.state[number] &= (1 << SeriesStore.STAGE_SHIFT) - 1;
        if ((series.state[number] & SeriesStore.TIMED) == 0) {
            await(Matcher.later(world.round.now, watch.staleAfter[0]), number);
        }
    }

    /** Whether its newest value was valid for every rule that asks. */
    boolean fresh(int number) {
        return world.series.state[number] >>> SeriesStore.STAGE_SHIFT == 0;
    }

    /** Other rules are in force: some metrics' values may be valid for longer or shorter than they were. */
    void rulesChanged(RuleBook before) {
        BitSet others = new BitSet();
        world.book.changed.stream().filter(metric -> {
            MetricWatch old = before.metric(metric);
            MetricWatch now = world.book.metric(metric);
            return now != null && (old == null || !Arrays.equals(old.staleAfter, now.staleAfter));
        }).forEach(others::set);
        if (others.isEmpty()) {
            return;
        }
        boolean timed = false;
        for (int number = 0; number < world.series.size() && !timed; number++) {
            timed = others.get(world.series.metric[number]) && (world.series.state[number] & SeriesStore.TIMED) != 0;
        }
        if (timed) {
            // They may wait for an instant that is too late now.
            clear();
        }
        for (int number = 0; number < world.series.size(); number++) {
            if ((timed || others.get(world.series.metric[number])) && world.series.ts(number) != SeriesStore.NEVER) {
                due(number);
            }
        }
    }

    private void clear() {
        Arrays.fill(first, END);
        world.round.newEpoch();
        for (int number = 0; number < world.series.size(); number++) {
            world.series.state[number] &= ~SeriesStore.TIMED;
        }
    }

    private void await(long deadline, int number) {
        world.series.state[number] |= SeriesStore.TIMED;
        long now = world.round.now >> WIDTH_SHIFT;
        long chain = Math.min(deadline >> WIDTH_SHIFT, now + CHAINS - 1);
        if (chain <= now) {
            world.round.stalenessAt(deadline, number);
            return;
        }
        if (number >= next.length) {
            next = Arrays.copyOf(next, world.series.capacity());
        }
        int at = (int) chain & CHAINS - 1;
        if (first[at] == END) {
            world.round.stalenessAround(chain << WIDTH_SHIFT);
        }
        next[number] = first[at];
        first[at] = number;
    }

    /** The instant has come at which a chain begins. */
    void begins(long instant) {
        int at = (int) (instant >> WIDTH_SHIFT) & CHAINS - 1;
        int number = first[at];
        first[at] = END;
        while (number != END) {
            int following = next[number];
            due(number);
            number = following;
        }
    }

    /** A series' instant has come. */
    void due(int number) {
        SeriesStore series = world.series;
        MetricWatch watch = world.book.metric(series.metric[number]);
        series.state[number] &= ~SeriesStore.TIMED;
        if (watch == null) {
            return;
        }
        long ts = series.ts(number);
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
            await(Matcher.later(ts, watch.staleAfter[passed]), number);
        }
    }
}
