package io.prunella.ruler.index;

import io.prunella.ruler.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Takes samples, and marks what is asked of those few that leave the band within which they change nothing. */
final class Crossings {
    private final World world;
    private final SeriesStore series;
    private final Births births;
    private final Staleness staleness;
    private final Consumer<String> notices;
    private final IntList suspects = new IntList();
    private final Set<String> poisonous = new HashSet<>();

    Crossings(World world, Births births, Staleness staleness, Consumer<String> notices) {
        this.world = world;
        this.series = world.series;
        this.births = births;
        this.staleness = staleness;
        this.notices = notices;
    }

    /**
     * Takes samples of the instant in the order given, up to an entry with a negative series or to the end.
     *
     * @return the place of the first entry that was not taken, or {@code to}
     */
    int samples(int[] numbers, double[] values, int from, int to) {
        long now = world.round.now;
        boolean windows = series.windows.asked();
        int i = from;
        while (true) {
            if (!windows) {
                int steady = series.arrived(numbers, values, i, to, now, world.arrivals + 1);
                world.arrivals += steady - i;
                i = steady;
            }
            if (i == to || numbers[i] < 0) {
                return i;
            }
            sample(numbers[i], values[i], now);
            if (windows) {
                series.windows.sample(numbers[i], values[i], now);
            }
            i++;
        }
    }

    private void sample(int number, double value, long now) {
        boolean stays = series.inBand(number, value);
        double before = series.value(number);
        boolean had = series.ts(number) != SeriesStore.NEVER;
        series.arrived(number, value, now, ++world.arrivals);
        if (!stays) {
            leftItsBand(number, before, had);
        }
    }

    /** What is made of a window's samples lies in another band now, or is another value that counts, or there is none. */
    void windowChanged(int number, MetricWatch watch, int from, int to) {
        if (from == WindowBands.Changes.NO_BAND) {
            world.mark(watch.all, number);
        } else {
            world.mark(watch.every, number);
            crossed(number, watch, from, to);
        }
    }

    private void leftItsBand(int number, double before, boolean had) {
        births.born(number);
        world.beyond.fleet.presence().sampled(number);
        MetricWatch watch = world.book.metric(series.metric[number]);
        if ((series.state[number] & SeriesStore.DISPUTED) != 0) {
            births.markAskersOfLabels(number);
        }
        if (watch == null) {
            world.settle(number, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return;
        }
        double value = series.value(number);
        boolean valid = had && staleness.fresh(number);
        staleness.renewed(number, watch);
        if (watch.guarded && value > 2 && (series.state[number] & SeriesStore.POISONOUS) == 0) {
            suspects.add(number);
        }
        turned(number, watch, before, valid);
    }

    private void turned(int number, MetricWatch watch, double before, boolean valid) {
        double value = series.value(number);
        if (!valid || Double.isNaN(before) || Double.isNaN(value)) {
            world.mark(watch.all, number);
        } else {
            if (before != value) {
                world.mark(watch.every, number);
            }
            crossed(number, watch, watch.band(before), watch.band(value));
        }
        if (watch.every.length > 0 || Double.isNaN(value)) {
            world.settle(number, Double.NaN, Double.NaN);
        } else {
            int band = watch.band(value);
            world.settle(number, watch.lowOf(band), watch.highOf(band));
        }
    }

    private void crossed(int number, MetricWatch watch, int from, int to) {
        for (int band = Math.min(from, to); band < Math.max(from, to); band++) {
            world.mark(watch.at[band], number);
        }
    }

    /** Ends nothing in a condition; it is a record of the series all the same. */
    void staleMarker(int number) {
        births.born(number);
        births.named(series.entityOf(number));
        series.arrived(number, ++world.arrivals);
        if ((series.state[number] & SeriesStore.DISPUTED) != 0) {
            births.markAskersOfLabels(number);
        }
    }

    /** All records of the instant are applied. */
    void applied() {
        for (int i = 0; i < suspects.size(); i++) {
            int number = suspects.get(i);
            if (series.value(number) > 2) {
                poison(number);
            }
        }
        suspects.clear();
    }

    private void poison(int number) {
        series.state[number] |= SeriesStore.POISONOUS;
        int metric = series.metric[number];
        IntList concerned = new IntList();
        for (Subjects subjects : world.groups.values()) {
            subjects.subjectsOf(number, concerned);
            for (int i = 0; i < concerned.size(); i++) {
                subjects.poison(concerned.get(i), metric);
            }
        }
        markAll(number);
        IntList others = world.entities.seriesOf(world.entities.find(List.of(series.entityOf(number))));
        for (int i = 0; i < others.size(); i++) {
            if (series.metric[others.get(i)] == metric) {
                for (WindowPlan.Column column : series.windows.columns(metric)) {
                    if (column.watch != null) {
                        world.mark(column.watch.all, others.get(i));
                    }
                }
                markAll(others.get(i));
            }
        }
        String name = series.metrics.get(metric);
        if (poisonous.add(name)) {
            notices.accept("`" + name + "` of `" + series.entityOf(number) + "` sent " + Comparing.text(
                    new Scalar.Quantity(series.value(number))) + ", which is no ratio, and is unknown from here on: "
                    + "declare `metric " + name + ": ratio, source percent`");
        }
    }

    private void markAll(int number) {
        MetricWatch watch = world.book.metric(series.metric[number]);
        if (watch != null) {
            world.mark(watch.all, number);
        }
    }
}
