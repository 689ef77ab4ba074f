package io.prunella.bench.peer;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.betaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.reactOn;
import static org.drools.model.PatternDSL.rule;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.drools.core.time.impl.PseudoClockScheduler;
import org.drools.model.Index.ConstraintType;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.TimedRuleExecutionOption;
import org.kie.api.runtime.rule.FactHandle;

/** Drools as one would use it: a fact a series, updated with each sample; truth maintenance ends what is over. */
public final class DroolsFacts implements Contender {
    private static final String PACKAGE = "io.prunella.bench.drools";

    @Override
    public String name() {
        return "drools";
    }

    @Override
    public String describe() {
        return "Drools 10 (canonical model), one mutable fact a series";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.HELD || workload == Workload.EVENT;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        return new Session(rules, entities, firings);
    }

    /** A series and its newest value. */
    public static final class Series {
        private final int number;
        private final int metric;
        private double value;

        Series(int number, int metric) {
            this.number = number;
            this.metric = metric;
        }

        public int getMetric() {
            return metric;
        }

        public double getValue() {
            return value;
        }
    }

    /** A series lies above a rule's threshold, as long as it does. */
    public record Above(int rule, int series) {}

    /** It has done so for 30 s. */
    public record Held(int rule, int series, int entity) {}

    /** An event that is open; equal to nothing but itself. */
    public static final class Event {
        private final int entity;
        private final long until;
        private final BitSet fired = new BitSet();

        Event(int entity, long until) {
            this.entity = entity;
            this.until = until;
        }

        public int getEntity() {
            return entity;
        }
    }

    private static final class Session implements Run {
        private final boolean byEvent;
        private final Firings firings;
        private final KieSession session;
        private final PseudoClockScheduler clock;
        private final SeriesTable table = new SeriesTable();
        private final Series[] facts;
        private final @Nullable FactHandle[] handles;
        private final ArrayDeque<FactHandle> open = new ArrayDeque<>();
        private long now = Samples.T0;

        Session(Rules rules, int entities, Firings firings) {
            this.byEvent = rules.workload() == Workload.EVENT;
            this.firings = firings;
            KieServices services = KieServices.get();
            KieSessionConfiguration settings = services.newKieSessionConfiguration();
            settings.setOption(ClockTypeOption.PSEUDO);
            settings.setOption(TimedRuleExecutionOption.YES);
            session = base(rules, services).newKieSession(settings, null);
            clock = session.getSessionClock();
            clock.advanceTime(now, TimeUnit.MILLISECONDS);
            facts = new Series[entities * Samples.METRICS];
            handles = new FactHandle[facts.length];
            for (int number = 0; number < facts.length; number++) {
                int metric = number % Samples.METRICS;
                facts[number] = new Series(number, metric);
                table.put(SeriesTable.key(number / Samples.METRICS, metric), number);
            }
        }

        private KieBase base(Rules rules, KieServices services) {
            ModelImpl model = new ModelImpl();
            for (int number = 0; number < rules.count(); number++) {
                model.addRule(above(number, Rules.metric(number), rules.threshold(number)));
            }
            model.addRule(held());
            if (byEvent) {
                model.addRule(heldAndEvent());
            }
            return KieBaseBuilder.createKieBaseFromModel(model, services.newKieBaseConfiguration());
        }

        private static Rule above(int number, int metric, double threshold) {
            Variable<Series> series = declarationOf(Series.class, "$series");
            return rule(PACKAGE, "r" + number).build(
                    pattern(series)
                            .expr("metric == " + metric, s -> s.getMetric() == metric,
                                    alphaIndexedBy(Integer.class, ConstraintType.EQUAL, 0, Series::getMetric, metric))
                            .expr("value > " + threshold, s -> s.getValue() > threshold,
                                    alphaIndexedBy(Double.class, ConstraintType.GREATER_THAN, 1, Series::getValue,
                                            threshold),
                                    reactOn("value")),
                    on(series).execute((drools, s) -> drools.logicalInsert(new Above(number, s.number))));
        }

        private Rule held() {
            Variable<Above> above = declarationOf(Above.class, "$above");
            return rule(PACKAGE, "held").attribute(Rule.Attribute.TIMER, "int: 30s").build(pattern(above),
                    on(above).execute((drools, a) -> {
                        if (byEvent) {
                            drools.logicalInsert(new Held(a.rule(), a.series(), a.series() / Samples.METRICS));
                        } else {
                            firings.fired(a.rule(), a.series(), Samples.block(now));
                        }
                    }));
        }

        private Rule heldAndEvent() {
            Variable<Held> held = declarationOf(Held.class, "$held");
            Variable<Event> event = declarationOf(Event.class, "$event");
            return rule(PACKAGE, "held and event").build(pattern(held),
                    pattern(event).expr("same entity", held, (e, h) -> e.getEntity() == h.entity(),
                            betaIndexedBy(Integer.class, ConstraintType.EQUAL, 2, Event::getEntity, Held::entity)),
                    on(held, event).execute((h, e) -> {
                        if (!e.fired.get(h.rule())) {
                            e.fired.set(h.rule());
                            firings.fired(h.rule(), h.series(), Samples.block(now));
                        }
                    }));
        }

        @Override
        public void samples(Tick tick) {
            advance(tick.ts);
            int at = 0;
            for (int position = 0; position < tick.entity.length; position++) {
                int entity = tick.entity[position];
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    int number = table.get(SeriesTable.key(entity, metric));
                    Series series = facts[number];
                    series.value = tick.value[at++];
                    FactHandle handle = handles[number];
                    if (handle == null) {
                        handles[number] = session.insert(series);
                    } else {
                        session.update(handle, series, "value");
                    }
                }
                if (byEvent && tick.event[position]) {
                    open.add(session.insert(new Event(entity, tick.ts + Rules.OPEN_MILLIS)));
                }
            }
            session.fireAllRules();
        }

        private void advance(long ts) {
            clock.advanceTime(ts - now, TimeUnit.MILLISECONDS);
            now = ts;
            while (!open.isEmpty() && ((Event) session.getObject(open.element())).until <= now) {
                session.delete(open.remove());
            }
        }

        @Override
        public void finish(long ts) {
            advance(ts);
            session.fireAllRules();
        }

        @Override
        public void close() {
            session.dispose();
        }
    }
}
