package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import io.prunella.ruler.Observation.Sample;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import java.util.List;
import java.util.Map;

/** Prunella in process, for callers who keep nothing: an object a sample, its series looked up by its texts. */
public final class PrunellaObjects implements Contender {
    @Override
    public String name() {
        return "prunella-objects";
    }

    @Override
    public String describe() {
        return "Prunella in process, from an `Observation.Sample` each (`Ruler.offer`)";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.HELD;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}),
                firing -> Prunella.count(rules, firing, firings));
        ruler.load(List.of(Packs.compiled(rules)));
        String[] names = new String[entities];
        for (int entity = 0; entity < entities; entity++) {
            names[entity] = "e" + entity;
        }
        String[] metrics = new String[Samples.METRICS];
        for (int metric = 0; metric < metrics.length; metric++) {
            metrics[metric] = "m" + metric;
        }
        return new Run() {
            @Override
            public void samples(Tick tick) {
                int at = 0;
                for (int entity : tick.entity) {
                    for (String metric : metrics) {
                        ruler.offer(new Sample(tick.ts, names[entity], metric, Map.of(), tick.value[at++]));
                    }
                }
            }

            @Override
            public void finish(long ts) {
                ruler.advanceTo(ts);
            }
        };
    }
}
