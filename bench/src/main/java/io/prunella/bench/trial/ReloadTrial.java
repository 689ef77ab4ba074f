package io.prunella.bench.trial;

import io.prunella.bench.peer.Packs;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Oracle;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of 1,000 rules is changed again and again while samples of W5 come in. The pause is how long samples have to wait;
 * the text is compiled elsewhere meanwhile. All other rules must fire as if nothing had happened.
 */
final class ReloadTrial {
    private static final int RULES = 1_000;
    /** Of these, some 5,000 pairs of rule and subject are breached at a time. */
    private static final int ENTITIES = 6_000;
    private static final int LOADS_A_TICK = 4;
    private static final long SEED = 42;

    private final Rules rules = new Rules(Workload.EVENT, RULES);
    private final Firings firings = new Firings();
    private final Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), this::fired);
    private final int[] series = new int[ENTITIES * Samples.METRICS];
    private final PackModel[] versions = {Packs.compiled(rules, 0, "high"), Packs.compiled(rules, 0, "critical")};
    private int loads;
    private long lost;

    private ReloadTrial() {}

    static void run(boolean quick) {
        new ReloadTrial().measure(quick ? 24 : 48);
    }

    private void fired(Firing firing) {
        if (!firing.rule().equals("r0")) {
            int rule = Integer.parseInt(firing.rule(), 1, firing.rule().length(), 10);
            int entity = Integer.parseInt(firing.entity(), 1, firing.entity().length(), 10);
            firings.fired(rule, entity * Samples.METRICS + Rules.metric(rule), Samples.block(firing.ts()));
        }
    }

    private void measure(int ticks) {
        Samples samples = new Samples(SEED, ENTITIES);
        ruler.load(List.of(versions[0]));
        for (int number = 0; number < series.length; number++) {
            series[number] = ruler.series("e" + number / Samples.METRICS, "m" + number % Samples.METRICS, Map.of());
        }
        Tick tick = new Tick(ENTITIES);
        double[] pauses = new double[(ticks - Samples.BLOCK) * LOADS_A_TICK];
        for (int number = 0; number < ticks; number++) {
            samples.fill(tick, number);
            for (int part = 0; part < LOADS_A_TICK; part++) {
                send(tick, part);
                if (number >= Samples.BLOCK) {
                    loads++;
                    long began = System.nanoTime();
                    ruler.load(List.of(versions[loads % 2]));
                    pauses[loads - 1] = (System.nanoTime() - began) / 1e6;
                }
            }
        }
        ruler.advanceTo(Samples.ts(ticks - 1));
        Firings expected = Oracle.firings(rules, SEED, ENTITIES, ticks, 1);
        boolean right = firings.count() == expected.count() && firings.checksum() == expected.checksum();
        SmallTrials.figure("reloads of 1 of 1,000 rules under load", loads);
        SmallTrials.figure("samples lost by them", (double) lost);
        SmallTrials.figure("firings of the other rules that are not as the oracle says (0: none)", right ? 0 : 1);
        SmallTrials.figure("pause of a reload, ms (median)", SmallTrials.quantile(pauses, 0.5));
        SmallTrials.figure("pause of a reload, ms (p99)", SmallTrials.quantile(pauses, 0.99));
    }

    /** A part of a tick's entities. */
    private void send(Tick tick, int part) {
        for (int position = part; position < ENTITIES; position += LOADS_A_TICK) {
            int entity = tick.entity[position];
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                lost += ruler.sample(series[entity * Samples.METRICS + metric], tick.ts,
                        tick.value[position * Samples.METRICS + metric]) ? 0 : 1;
            }
            if (tick.event[position]) {
                ruler.offer(new EventSeen(tick.ts, "e" + entity, "node_unreachable", Optional.empty(), false, Map.of(),
                        Map.of()));
            }
        }
    }
}
