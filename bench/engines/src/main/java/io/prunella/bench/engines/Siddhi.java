package io.prunella.bench.engines;

import io.prunella.bench.peer.Contender;
import io.prunella.bench.peer.Run;
import io.prunella.bench.workload.Absences;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Minute;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import io.siddhi.core.util.statistics.metrics.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Siddhi: a stream a metric, partitioned by entity; a sequence sees a series rise over a threshold, and a pattern
 * waits for it not to fall.
 */
public final class Siddhi implements Contender {
    private static final int TOO_MANY_TO_RUN = 100;

    @Override
    public String name() {
        return "siddhi";
    }

    @Override
    public String describe() {
        return "Siddhi 5.1.30, a sequence and a pattern a rule, partitioned by entity";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.ABSENCE;
    }

    @Override
    public int mostRules() {
        return TOO_MANY_TO_RUN;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        return new Session(rules, entities, firings);
    }

    private static final class Session implements Run {
        private final SiddhiManager manager = new SiddhiManager();
        private final SiddhiAppRuntime app;
        private final List<InputHandler> inputs = new ArrayList<>();
        private final int entities;
        private boolean begun;

        Session(Rules rules, int entities, Firings firings) {
            this.entities = entities;
            app = manager.createSiddhiAppRuntime(text(rules));
            app.addCallback("F", callback(rules, firings));
            app.setStatisticsLevel(Level.OFF);
            app.start();
            if (rules.workload() == Workload.ABSENCE) {
                inputs.add(app.getInputHandler("A"));
                inputs.add(app.getInputHandler("B"));
            } else {
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    inputs.add(app.getInputHandler("M" + metric));
                }
            }
        }

        private static StreamCallback callback(Rules rules, Firings firings) {
            return new StreamCallback() {
                @Override
                public void receive(Event[] fired) {
                    for (Event event : fired) {
                        int rule = (Integer) event.getData(0);
                        int entity = (Integer) event.getData(1);
                        long since = (Long) event.getData(2);
                        if (rules.workload() == Workload.ABSENCE) {
                            firings.fired(rule, entity, (since - Samples.T0) / Absences.MINUTE_MILLIS);
                        } else {
                            firings.fired(rule, entity * Samples.METRICS + Rules.metric(rule),
                                    Samples.block(since + Rules.HOLD_MILLIS));
                        }
                    }
                }
            };
        }

        private static String text(Rules rules) {
            StringBuilder text = new StringBuilder("@app:playback\n@app:statistics(enable = 'false')\n");
            if (rules.workload() == Workload.ABSENCE) {
                text.append("define stream A (entity int, ts long); define stream B (entity int, ts long);\n");
                for (int rule = 0; rule < rules.count(); rule++) {
                    text.append("""
                            from every a=A -> not B[entity == a.entity] for 30 sec
                              select %d as rule, a.entity as entity, a.ts as ts insert into F;
                            """.formatted(rule));
                }
                return text.toString();
            }
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                text.append("define stream M%d (entity int, ts long, value double);\n".formatted(metric));
            }
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                text.append("partition with (entity of M%d) begin\n".formatted(metric));
                for (int rule = metric; rule < rules.count(); rule += Samples.METRICS) {
                    text.append("""
                            from every a=M%1$d[value <= %2$s], b=M%1$d[value > %2$s]
                              select b.entity as entity, b.ts as ts insert into #Up%3$d;
                            from every u=#Up%3$d -> not M%1$d[value <= %2$s] for 30 sec
                              select %3$d as rule, u.entity as entity, u.ts as ts insert into F;
                            """.formatted(metric, rules.threshold(rule), rule));
                }
                text.append("end;\n");
            }
            return text.toString();
        }

        @Override
        public void prepare(Tick tick) {
            if (!begun) {
                begun = true;
                // A rise is seen between two samples, so each series needs one before its first.
                for (int entity = 0; entity < entities; entity++) {
                    for (int metric = 0; metric < Samples.METRICS; metric++) {
                        send(metric, tick.ts - Samples.TICK_MILLIS, entity, tick.ts - Samples.TICK_MILLIS, 0.0);
                    }
                }
            }
        }

        @Override
        public void samples(Tick tick) {
            int at = 0;
            for (int entity : tick.entity) {
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    send(metric, tick.ts, entity, tick.ts, tick.value[at++]);
                }
            }
        }

        @Override
        public void events(Minute minute) {
            for (int i = 0; i < minute.size(); i++) {
                send(minute.isB[i] ? 1 : 0, minute.ts[i], minute.entity[i], minute.ts[i]);
            }
        }

        private void send(int input, long ts, Object... data) {
            try {
                inputs.get(input).send(ts, data);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts", e);
            }
        }

        @Override
        public void finish(long ts) {
            // Playback's clock moves with its input only.
            if (inputs.size() == 2) {
                send(1, ts + 1, -1, ts + 1);
            } else {
                send(0, ts + 1, -1, ts + 1, 0.0);
            }
        }

        @Override
        public void close() {
            app.shutdown();
            manager.shutdown();
        }
    }
}
