package io.prunella.ruler.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import io.prunella.ruler.index.WindowPlan.Asked;
import io.prunella.ruler.window.RangeFunctions;
import io.prunella.ruler.window.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Windows keep little and carry much along; what they say is what is computed from a plain list of all samples. */
class WindowsPropertyTest {
    private static final int SERIES = 3;
    private static final List<RangeFunction> FUNCTIONS = List.of(RangeFunction.values());

    private record Sample(long ts, double value) {}

    private final SeriesStore store = new SeriesStore();
    private final PriorityQueue<Long> timers = new PriorityQueue<>();

    @Property(tries = 400)
    void everyFunctionOfEveryWindowIsThatOfItsSamples(@ForAll long seed) {
        Random random = new Random(seed);
        Windows windows = new Windows(store, 131_072);
        windows.tell((_, _, _, _) -> {}, timers::add, _ -> {});
        MetricWatch watch = new MetricWatch.Builder().build();
        int metric = store.metrics.of("m");
        Set<Asked> all = new LinkedHashSet<>();
        int many = 1 + random.nextInt(random.nextBoolean() ? 1 : 4);
        for (int i = 0; i < many; i++) {
            RangeFunction function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
            all.add(Asked.of(store.metrics, function, metric, 1000L * (1 + random.nextInt(30)), 0.5,
                    random.nextInt(6) == 0));
        }
        windows.plan(all, _ -> watch, Long.MIN_VALUE);
        List<List<Sample>> samples = new ArrayList<>();
        int[] numbers = new int[SERIES];
        for (int i = 0; i < SERIES; i++) {
            samples.add(new ArrayList<>());
            numbers[i] = store.of("e" + i + "-" + seed, "m", Map.of());
        }
        Map<String, Double> kept = new HashMap<>();
        long now = 1_700_000_000_000L + random.nextInt();
        int kind = random.nextInt(6);
        int step = 1 + random.nextInt(3);
        boolean uneven = random.nextInt(3) == 0;
        for (int turn = 0; turn < 60; turn++) {
            long to = now + (random.nextInt(40) == 0 ? 40_000 : uneven ? 1 + random.nextInt(3000) : 1000L * step);
            for (Long due = timers.peek(); due != null && due < to; due = timers.peek()) {
                now = due;
                dues(windows, now);
                check(windows, all, numbers, samples, now, kept);
            }
            now = to;
            for (int i = 0; i < SERIES; i++) {
                if (random.nextInt(uneven ? 3 : 25) > 0) {
                    int times = random.nextInt(30) == 0 ? 2 : 1;
                    for (int time = 0; time < times; time++) {
                        double value = value(random, random.nextInt(30) == 0 ? random.nextInt(6) : kind);
                        List<Sample> own = samples.get(i);
                        if (!own.isEmpty() && own.getLast().ts() == now) {
                            own.removeLast();
                        }
                        own.add(new Sample(now, value));
                        store.change(numbers[i], value, now);
                        windows.sample(numbers[i], value, now);
                    }
                }
            }
            dues(windows, now);
            check(windows, all, numbers, samples, now, kept);
            if (random.nextInt(50) == 0) {
                windows.plan(all, _ -> watch, now);
            }
        }
    }

    @Property(tries = 5)
    void veryManySamplesAreToldByTheirOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Windows windows = new Windows(store, 131_072);
        windows.tell((_, _, _, _) -> {}, timers::add, _ -> {});
        MetricWatch watch = new MetricWatch.Builder().build();
        int metric = store.metrics.of("many");
        Set<Asked> all = new LinkedHashSet<>();
        for (RangeFunction function : List.of(RangeFunction.MIN, RangeFunction.MAX, RangeFunction.QUANTILE)) {
            all.add(Asked.of(store.metrics, function, metric, 2_500, 0.9, false));
        }
        windows.plan(all, _ -> watch, Long.MIN_VALUE);
        int number = store.of("e-" + seed, "many", Map.of());
        List<Sample> samples = new ArrayList<>();
        for (long now = 0; now < 4_000; now++) {
            double value = random.nextInt(900) == 0
                    ? Double.NaN
                    : random.nextInt(3) + (random.nextInt(300) - now) / 8.0;
            dues(windows, now);
            samples.add(new Sample(now, value));
            store.change(number, value, now);
            windows.sample(number, value, now);
            dues(windows, now);
            if (now % 37 == 0 || now > 3_990) {
                check(windows, all, new int[]{number, number, number}, List.of(samples, samples, samples), now,
                        new HashMap<>());
            }
        }
    }

    private void dues(Windows windows, long now) {
        while (!timers.isEmpty() && timers.peek() <= now) {
            windows.due(timers.poll(), now);
        }
    }

    private static double value(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt(100);
            case 1 -> random.nextInt(1000) / 10.0;
            case 2 -> Math.rint(random.nextDouble() * 6400) / 64;
            case 3 -> random.nextGaussian();
            case 4 -> (double) (1L << 33) + random.nextInt(1 << 20);
            default -> switch (random.nextInt(6)) {
                case 0 -> Double.NaN;
                case 1 -> -random.nextInt(50);
                case 2 -> Double.POSITIVE_INFINITY;
                case 3 -> random.nextInt(1 << 28) / 1024.0;
                default -> random.nextInt(5);
            };
        };
    }

    private static void check(Windows windows, Set<Asked> all, int[] numbers, List<List<Sample>> samples, long now,
            Map<String, Double> kept) {
        for (Asked one : all) {
            for (int i = 0; i < SERIES; i++) {
                Samples inside = new Samples();
                for (Sample sample : samples.get(i)) {
                    if (sample.ts() > now - one.windowMillis()) {
                        inside.add(sample.ts(), one.value(sample.value()));
                    }
                }
                boolean has = inside.size() >= RangeFunctions.least(one.function());
                assertThat(windows.has(numbers[i], one)).as("%s of %s", one, samples.get(i)).isEqualTo(has);
                if (has) {
                    double expected = expected(one, inside, now, one.derived() + " " + i, kept);
                    assertThat(windows.value(numbers[i], one) + 0.0).as("%s of %s", one, samples.get(i))
                            .isEqualTo(Double.valueOf(expected + 0.0));
                }
            }
        }
    }

    /** What depends on the instant stays what it was until a sample enters or leaves. */
    private static double expected(Asked one, Samples inside, long now, String series, Map<String, Double> kept) {
        if (!RangeFunctions.timed(one.function())) {
            return new RangeFunctions().of(one.function(), inside, one.windowMillis(), one.parameter(), now);
        }
        StringBuilder key = new StringBuilder(series);
        for (int i = 0; i < inside.size(); i++) {
            key.append(' ').append(inside.ts(i)).append('=').append(inside.value(i));
        }
        @Nullable
        Double known = kept.get(key.toString());
        double value = known != null
                ? known
                : new RangeFunctions().of(one.function(), inside, one.windowMillis(), one.parameter(), now);
        kept.put(key.toString(), value);
        return value;
    }
}
