package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import java.util.Arrays;

/** Averages over five minutes: a ring of values a series, and a sum that is kept. */
final class LimitOfAverages implements Run {
    /** More samples than a range holds are never kept. */
    private static final int SLOTS = Rules.RANGE_MILLIS / Samples.TICK_MILLIS;

    private final Firings firings;
    private final double[][] thresholds = new double[Samples.METRICS][];
    private final SeriesTable table = new SeriesTable();
    private int size;
    private double[] values = new double[1024 * SLOTS];
    private long[] times = new long[1024 * SLOTS];
    private double[] sum = new double[1024];
    private int[] count = new int[1024];
    private int[] oldest = new int[1024];
    private int[] band = new int[1024];

    LimitOfAverages(Rules rules, Firings firings) {
        this.firings = firings;
        Arrays.setAll(thresholds, rules::ofMetric);
    }

    @Override
    public void samples(Tick tick) {
        int at = 0;
        for (int entity : tick.entity) {
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                sample(entity, metric, tick.ts, tick.value[at++]);
            }
        }
    }

    private void sample(int entity, int metric, long ts, double value) {
        int number = table.get(SeriesTable.key(entity, metric));
        if (number < 0) {
            number = add(entity, metric);
        }
        int base = number * SLOTS;
        while (count[number] > 0 && times[base + oldest[number]] <= ts - Rules.RANGE_MILLIS) {
            sum[number] -= values[base + oldest[number]];
            oldest[number] = oldest[number] + 1 == SLOTS ? 0 : oldest[number] + 1;
            count[number]--;
        }
        int slot = oldest[number] + count[number];
        slot = slot >= SLOTS ? slot - SLOTS : slot;
        values[base + slot] = value;
        times[base + slot] = ts;
        count[number]++;
        // Every value is a multiple of 1/64, so the sum is exact whatever was taken off it.
        sum[number] += value;
        double average = sum[number] / count[number];
        double[] own = thresholds[metric];
        int now = band[number];
        while (now < own.length && average > own[now]) {
            firings.fired(metric + now * Samples.METRICS, entity * Samples.METRICS + metric, Samples.block(ts));
            now++;
        }
        while (now > 0 && !(average > own[now - 1])) {
            now--;
        }
        band[number] = now;
    }

    private int add(int entity, int metric) {
        if (size == sum.length) {
            int length = size * 2;
            values = Arrays.copyOf(values, length * SLOTS);
            times = Arrays.copyOf(times, length * SLOTS);
            sum = Arrays.copyOf(sum, length);
            count = Arrays.copyOf(count, length);
            oldest = Arrays.copyOf(oldest, length);
            band = Arrays.copyOf(band, length);
        }
        table.put(SeriesTable.key(entity, metric), size);
        return size++;
    }

    @Override
    public void finish(long ts) {}
}
