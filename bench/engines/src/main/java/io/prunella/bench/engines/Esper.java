package io.prunella.bench.engines;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPDeployment;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import io.prunella.bench.peer.Contender;
import io.prunella.bench.peer.Run;
import io.prunella.bench.workload.Absences;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Minute;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;

/**
 * Esper: for a threshold that is held, a context that begins when a series rises over it and ends when it falls under
 * it, with a timer inside; for absence, a pattern.
 */
public final class Esper implements Contender {
    private static final int TOO_MANY_TO_COMPILE = 100;

    @Override
    public String name() {
        return "esper";
    }

    @Override
    public String describe() {
        return "Esper 9.0.0, a context with a timer a rule (a pattern for absence)";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.HELD || workload == Workload.ABSENCE;
    }

    @Override
    public int mostRules() {
        return TOO_MANY_TO_COMPILE;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        try {
            return new Session(rules, firings);
        } catch (EPCompileException | EPDeployException e) {
            throw new IllegalStateException("the workload's own text", e);
        }
    }

    /** A sample as an event. */
    public record Sample(int entity, int metric, double value) {
        public int getEntity() {
            return entity;
        }

        public int getMetric() {
            return metric;
        }

        public double getValue() {
            return value;
        }
    }

    /** An A. */
    public record A(int entity) {
        public int getEntity() {
            return entity;
        }
    }

    /** A B. */
    public record B(int entity) {
        public int getEntity() {
            return entity;
        }
    }

    private static final class Session implements Run {
        private final EPRuntime runtime;
        private final EPEventService events;
        private final EventSender samples;
        private final EventSender as;
        private final EventSender bs;
        private long now = Samples.T0 - 1;

        Session(Rules rules, Firings firings) throws EPCompileException, EPDeployException {
            Configuration configuration = new Configuration();
            configuration.getCommon().addEventType("Sample", Sample.class);
            configuration.getCommon().addEventType("A", A.class);
            configuration.getCommon().addEventType("B", B.class);
            configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
            runtime = EPRuntimeProvider.getRuntime("bench" + System.identityHashCode(this), configuration);
            runtime.initialize();
            events = runtime.getEventService();
            events.advanceTime(now);
            EPCompiled compiled = EPCompilerProvider.getCompiler().compile(text(rules),
                    new CompilerArguments(configuration));
            EPDeployment deployment = runtime.getDeploymentService().deploy(compiled);
            for (int rule = 0; rule < rules.count(); rule++) {
                listen(rules, rule, runtime.getDeploymentService().getStatement(deployment.getDeploymentId(),
                        "r" + rule), firings);
            }
            samples = events.getEventSender("Sample");
            as = events.getEventSender("A");
            bs = events.getEventSender("B");
        }

        private void listen(Rules rules, int rule, EPStatement statement, Firings firings) {
            statement.addListener((news, _, _, _) -> {
                for (var event : news) {
                    int entity = (Integer) event.get("entity");
                    if (rules.workload() == Workload.ABSENCE) {
                        firings.fired(rule, entity,
                                (now - Absences.WITHIN_MILLIS - Samples.T0) / Absences.MINUTE_MILLIS);
                    } else {
                        firings.fired(rule, entity * Samples.METRICS + Rules.metric(rule), Samples.block(now));
                    }
                }
            });
        }

        private static String text(Rules rules) {
            StringBuilder text = new StringBuilder();
            for (int rule = 0; rule < rules.count(); rule++) {
                int metric = Rules.metric(rule);
                double threshold = rules.threshold(rule);
                if (rules.workload() == Workload.ABSENCE) {
                    text.append("""
                            @name('r%d') select a.entity as entity from pattern
                              [every a=A -> (timer:interval(30 sec) and not B(entity = a.entity))];
                            """.formatted(rule));
                } else {
                    text.append("""
                            create context Above%1$d
                              initiated by distinct(s.entity) Sample(metric = %2$d, value > %3$s) as s
                              terminated by Sample(metric = %2$d, entity = s.entity, value <= %3$s);
                            @name('r%1$d') context Above%1$d
                              select context.s.entity as entity from pattern [timer:interval(30 sec)];
                            """.formatted(rule, metric, threshold));
                }
            }
            return text.toString();
        }

        @Override
        public void samples(Tick tick) {
            advance(tick.ts);
            int at = 0;
            for (int entity : tick.entity) {
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    samples.sendEvent(new Sample(entity, metric, tick.value[at++]));
                }
            }
        }

        @Override
        public void events(Minute minute) {
            for (int i = 0; i < minute.size(); i++) {
                // A B at the very end of the time still counts, so time stands still until it has come.
                advance(minute.ts[i] - 1);
                if (minute.isB[i]) {
                    bs.sendEvent(new B(minute.entity[i]));
                } else {
                    events.advanceTime(minute.ts[i]);
                    now = minute.ts[i];
                    as.sendEvent(new A(minute.entity[i]));
                }
            }
        }

        private void advance(long ts) {
            if (ts > now) {
                now = ts;
                events.advanceTimeSpan(ts);
            }
        }

        @Override
        public void finish(long ts) {
            advance(ts);
        }

        @Override
        public void close() {
            runtime.destroy();
        }
    }
}
