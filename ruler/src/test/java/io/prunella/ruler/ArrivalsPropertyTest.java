package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArrivalsPropertyTest {

    private record Entry(long ts, int number) {}

    /** Whatever the times and whenever some are taken: in order of time, and of arrival within one. */
    @Property(tries = 500)
    void handsOverInOrder(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 40_000) Integer> times,
            @ForAll @IntRange(min = 1, max = 9) int takeEvery, @ForAll @IntRange(min = 2, max = 9) int otherEvery,
            @ForAll @IntRange(min = 1, max = 9_000) int apart) {
        Arrivals arrivals = new Arrivals(5_000);
        List<Entry> offered = new ArrayList<>();
        List<Entry> taken = new ArrayList<>();
        long floor = Long.MIN_VALUE;
        for (int i = 0; i < times.size(); i++) {
            long ts = (long) (times.get(i) / apart) * apart;
            if (ts >= floor) {
                if (i % otherEvery == 0) {
                    arrivals.other(new Observation.ProbeAnswer(ts, "e", "p", i));
                } else if (!arrivals.another(ts, i, i)) {
                    arrivals.sample(ts, i, i);
                }
                offered.add(new Entry(ts, i));
            }
            if (i % takeEvery == 0 && arrivals.next() != Long.MAX_VALUE) {
                floor = arrivals.next() + 1;
                take(arrivals, taken);
            }
        }
        while (arrivals.next() != Long.MAX_VALUE) {
            take(arrivals, taken);
        }
        List<Entry> sorted = new ArrayList<>(offered);
        sorted.sort(Comparator.comparingLong(Entry::ts));
        assertThat(taken).isEqualTo(sorted);
    }

    private static void take(Arrivals arrivals, List<Entry> taken) {
        long next = arrivals.next();
        arrivals.take(next, new Arrivals.Applied() {
            @Override
            public int samples(int[] series, double[] value, int from, int to) {
                int at = from;
                for (; at < to && series[at] >= 0; at++) {
                    assertThat(value[at]).isEqualTo(series[at]);
                    taken.add(new Entry(next, series[at]));
                }
                return at;
            }

            @Override
            public void event(int key) {
                throw new IllegalStateException("nobody offered one: " + key);
            }

            @Override
            public void other(Observation observation) {
                taken.add(new Entry(next, (int) ((Observation.ProbeAnswer) observation).value()));
            }
        });
    }
}
