package io.prunella.bench.trial;

import io.prunella.bench.peer.Packs;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import io.prunella.plan.Mode;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.topology.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** From an event of W5 to its firings, on a clock that is moved as a service moves it; on the wall. */
final class LatencyTrial {
    private static final int RULES = 1_000;
    private static final long SEED = 42;

    private LatencyTrial() {}

    static void run(boolean quick) {
        int entities = quick ? 1_000 : 10_000;
        int ticks = quick ? 64 : 48;
        long[] fired = new long[1];
        Ruler ruler = new Ruler(
                new RulerSettings(Mode.DRY_RUN, Mode.DRY_RUN, Pace.CLOCK, 5_000, _ -> {}, Topology.EMPTY),
                _ -> fired[0]++);
        ruler.load(List.of(Packs.compiled(new Rules(Workload.EVENT, RULES))));
        Samples samples = new Samples(SEED, entities);
        Tick tick = new Tick(entities);
        double[] all = new double[entities * ticks];
        int count = 0;
        int events = 0;
        for (int number = 0; number < ticks; number++) {
            samples.fill(tick, number);
            int at = 0;
            for (int entity : tick.entity) {
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    ruler.sample(ruler.series("e" + entity, "m" + metric, Map.of()), tick.ts, tick.value[at++]);
                }
            }
            ruler.advanceTo(tick.ts);
            long ts = tick.ts;
            for (int position = 0; position < entities; position++) {
                if (tick.event[position]) {
                    ts++;
                    long before = fired[0];
                    long began = System.nanoTime();
                    ruler.event(ruler.eventKey("e" + tick.entity[position], "node_unreachable", Map.of()), ts);
                    ruler.advanceTo(ts);
                    double took = (System.nanoTime() - began) / 1e6;
                    events++;
                    if (number >= Samples.BLOCK && fired[0] > before) {
                        all[count++] = took;
                    }
                }
            }
        }
        double[] measured = Arrays.copyOf(all, count);
        SmallTrials.figure("events under 1,000 rules (W5)", events);
        SmallTrials.figure("of these, measured: those that fired", count);
        SmallTrials.figure("event to the last of its firings, ms (median)", SmallTrials.quantile(measured, 0.5));
        SmallTrials.figure("event to the last of its firings, ms (p99)", SmallTrials.quantile(measured, 0.99));
    }
}
