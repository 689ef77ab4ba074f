package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thresholds held for 30 s, with and without an event. */
final class LimitOfBands implements Run {
    private static final long NOT_HELD = Long.MIN_VALUE;

    private final Firings firings;
    private final boolean byEvent;
    private final double[][] thresholds = new double[Samples.METRICS][];
    private final SeriesTable table = new SeriesTable();
    private int size;
    private int[] series = new int[1024];
    private double[] low = new double[1024];
    private double[] high = new double[1024];
    /** Since when each threshold is held; of the few series that are above one. */
    private long[] @Nullable [] since = new long[1024] @Nullable [];
    /** Series that rose over some threshold, and when: all wait equally long, so they come due in this order. */
    private final ArrayDeque<Rise> rises = new ArrayDeque<>();
    private final List<@Nullable List<Open>> open = new ArrayList<>();

    private record Rise(int number, long ts) {}

    /** An event, and the rules that have fired for it. */
    private record Open(long until, BitSet fired) {}

    LimitOfBands(Rules rules, int entities, Firings firings) {
        this.firings = firings;
        this.byEvent = rules.workload() == Workload.EVENT;
        Arrays.setAll(thresholds, rules::ofMetric);
        for (int entity = 0; byEvent && entity < entities; entity++) {
            open.add(null);
        }
    }

    @Override
    public void samples(Tick tick) {
        // All of an instant's samples count before anything of it fires.
        int at = 0;
        for (int position = 0; position < tick.entity.length; position++) {
            int entity = tick.entity[position];
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                sample(entity, metric, tick.ts, tick.value[at++]);
            }
            if (byEvent && tick.event[position]) {
                event(entity, tick.ts);
            }
        }
        due(tick.ts);
    }

    void sample(int entity, int metric, long ts, double value) {
        int number = table.get(SeriesTable.key(entity, metric));
        if (number < 0) {
            number = add(entity, metric);
        }
        if (value >= low[number] && value < high[number]) {
            return;
        }
        move(number, thresholds[metric], ts, value);
    }

    private void move(int number, double[] own, long ts, double value) {
        int band = 0;
        while (band < own.length && value > own[band]) {
            band++;
        }
        low[number] = band == 0 ? Double.NEGATIVE_INFINITY : Math.nextUp(own[band - 1]);
        high[number] = band == own.length ? Double.POSITIVE_INFINITY : Math.nextUp(own[band]);
        long[] held = since[number];
        if (held == null) {
            if (band == 0) {
                return;
            }
            held = new long[own.length];
            Arrays.fill(held, NOT_HELD);
            since[number] = held;
        }
        boolean rose = false;
        for (int i = 0; i < band; i++) {
            if (held[i] == NOT_HELD) {
                held[i] = ts;
                rose = true;
            }
        }
        Arrays.fill(held, band, held.length, NOT_HELD);
        if (rose) {
            rises.add(new Rise(number, ts));
        }
        if (band == 0) {
            since[number] = null;
        }
    }

    private void due(long now) {
        while (!rises.isEmpty() && rises.element().ts() + Rules.HOLD_MILLIS <= now) {
            Rise rise = rises.remove();
            long[] held = since[rise.number()];
            for (int i = 0; held != null && i < held.length && held[i] != NOT_HELD; i++) {
                if (held[i] == rise.ts()) {
                    breached(rise.number(), i, now);
                }
            }
        }
    }

    private void breached(int number, int threshold, long now) {
        int rule = series[number] % Samples.METRICS + threshold * Samples.METRICS;
        if (!byEvent) {
            firings.fired(rule, series[number], Samples.block(now));
            return;
        }
        List<Open> events = open.get(series[number] / Samples.METRICS);
        if (events != null) {
            events.removeIf(event -> event.until() <= now);
            events.forEach(event -> fire(event, rule, series[number], now));
        }
    }

    private void event(int entity, long now) {
        List<Open> events = open.get(entity);
        if (events == null) {
            events = new ArrayList<>(1);
            open.set(entity, events);
        }
        events.removeIf(event -> event.until() <= now);
        Open event = new Open(now + Rules.OPEN_MILLIS, new BitSet());
        events.add(event);
        for (int metric = 0; metric < Samples.METRICS; metric++) {
            int number = table.get(SeriesTable.key(entity, metric));
            long[] held = number < 0 ? null : since[number];
            for (int i = 0; held != null && i < held.length && held[i] != NOT_HELD; i++) {
                if (now - held[i] >= Rules.HOLD_MILLIS) {
                    fire(event, metric + i * Samples.METRICS, series[number], now);
                }
            }
        }
    }

    private void fire(Open event, int rule, int of, long now) {
        if (!event.fired().get(rule)) {
            event.fired().set(rule);
            firings.fired(rule, of, Samples.block(now));
        }
    }

    private int add(int entity, int metric) {
        if (size == series.length) {
            int length = size * 2;
            series = Arrays.copyOf(series, length);
            low = Arrays.copyOf(low, length);
            high = Arrays.copyOf(high, length);
            since = Arrays.copyOf(since, length);
        }
        int number = size++;
        series[number] = entity * Samples.METRICS + metric;
        low[number] = Double.NaN;
        high[number] = Double.NaN;
        table.put(SeriesTable.key(entity, metric), number);
        return number;
    }

    @Override
    public void finish(long ts) {
        due(ts);
    }
}
