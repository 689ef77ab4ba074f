package io.prunella.bench.peer;

import io.prunella.bench.workload.Absences;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Minute;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import java.util.List;
import java.util.Map;

/** Prunella in process: typed observations, whose sender keeps the numbers of series in a hash table. */
public final class Prunella implements Contender {
    @Override
    public String name() {
        return "prunella";
    }

    @Override
    public String describe() {
        return "Prunella in process, from typed observations (the same hash look-up, then `Ruler.sample` or `Ruler.event`)";
    }

    @Override
    public boolean takes(Workload workload) {
        return Packs.compiles(workload);
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        return new Typed(rules, entities, firings);
    }

    /** Hands a firing of one of the workload's rules to the count. */
    static void count(Rules rules, Firing firing, Firings firings) {
        int rule = Integer.parseInt(firing.rule(), 1, firing.rule().length(), 10);
        int entity = Integer.parseInt(firing.entity(), 1, firing.entity().length(), 10);
        switch (rules.workload()) {
            case HELD, AVERAGE, EVENT -> firings.fired(rule, entity * Samples.METRICS + Rules.metric(rule),
                    Samples.block(firing.ts()));
            case ABSENCE -> firings.fired(rule, entity,
                    (firing.ts() - Absences.WITHIN_MILLIS - Samples.T0) / Absences.MINUTE_MILLIS);
        }
    }

    private static final class Typed implements Run {
        private static final List<String> EVENTS = List.of("A", "B", "node_unreachable");
        private static final int FIRST = 0;
        private static final int OTHER = 1;
        private static final int UNREACHABLE = 2;

        private final Ruler ruler;
        private final SeriesTable table = new SeriesTable();
        private final SeriesTable events = new SeriesTable();
        private final String[] entities;
        private final boolean byEvent;
        /** Of one entity's samples, looked up together, as they come together. */
        private final int[] numbers = new int[Samples.METRICS];

        Typed(Rules rules, int count, Firings firings) {
            byEvent = rules.workload() == Workload.EVENT;
            ruler = new Ruler(RulerSettings.simulation(_ -> {}), firing -> count(rules, firing, firings));
            ruler.load(List.of(Packs.compiled(rules)));
            entities = new String[count];
            for (int entity = 0; entity < count; entity++) {
                entities[entity] = "e" + entity;
                for (int metric = 0; metric < Samples.METRICS && rules.workload() != Workload.ABSENCE; metric++) {
                    table.put(SeriesTable.key(entity, metric),
                            ruler.series(entities[entity], "m" + metric, Map.of()));
                }
                for (int type = 0; type < EVENTS.size() && rules.workload() != Workload.HELD; type++) {
                    events.put(SeriesTable.key(entity, type),
                            ruler.eventKey(entities[entity], EVENTS.get(type), Map.of()));
                }
            }
        }

        @Override
        public void samples(Tick tick) {
            int at = 0;
            for (int position = 0; position < tick.entity.length; position++) {
                int entity = tick.entity[position];
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    numbers[metric] = table.get(SeriesTable.key(entity, metric));
                }
                for (int number : numbers) {
                    ruler.sample(number, tick.ts, tick.value[at++]);
                }
                if (byEvent && tick.event[position]) {
                    event(tick.ts, entity, UNREACHABLE);
                }
            }
        }

        @Override
        public void events(Minute minute) {
            for (int i = 0; i < minute.size(); i++) {
                event(minute.ts[i], minute.entity[i], minute.isB[i] ? OTHER : FIRST);
            }
        }

        private void event(long ts, int entity, int type) {
            ruler.event(events.get(SeriesTable.key(entity, type)), ts);
        }

        @Override
        public void finish(long ts) {
            ruler.advanceTo(ts);
        }
    }
}
