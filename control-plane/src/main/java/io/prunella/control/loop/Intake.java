package io.prunella.control.loop;

import io.prunella.ruler.Observation;
import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Observation.ProbeAnswer;
import io.prunella.ruler.Observation.Sample;
import io.prunella.ruler.Observation.StaleMarker;
import io.prunella.ruler.Observation.Tick;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings.Pace;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The ruler's front door: counts what comes in, and trusts no sender's clock. One thread calls; counts are shared. */
final class Intake {
    private final Ruler ruler;
    private final Pace pace;
    private final InstantSource clock;
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong clamped = new AtomicLong();

    Intake(Ruler ruler, Pace pace, InstantSource clock) {
        this.ruler = ruler;
        this.pace = pace;
        this.clock = clock;
    }

    void take(Observation observation) {
        switch (observation) {
            case Sample _,StaleMarker _,ProbeAnswer _ -> samples.lazySet(samples.get() + 1);
            case EventSeen _,AlertSeen _ -> events.lazySet(events.get() + 1);
            case Tick _ -> {
                // Moves the clock only.
            }
        }
        Observation taken = observation;
        if (pace == Pace.CLOCK) {
            long now = clock.millis();
            if (observation.ts() > now) {
                clamped.lazySet(clamped.get() + 1);
                taken = at(observation, now);
            }
        }
        if (!ruler.offer(taken)) {
            late.lazySet(late.get() + 1);
        }
    }

    int series(String entity, String metric, Map<String, String> labels) {
        return ruler.series(entity, metric, labels);
    }

    /** A sample of a numbered series; the records are the clock. */
    void take(int series, long ts, double value) {
        samples.lazySet(samples.get() + 1);
        if (!ruler.sample(series, ts, value)) {
            late.lazySet(late.get() + 1);
        }
    }

    /** An answer of our own prober: never older than what was decided, and newer than the step that it judges. */
    void answer(ProbeAnswer answer) {
        samples.lazySet(samples.get() + 1);
        ruler.offer(new ProbeAnswer(Math.max(answer.ts(), ruler.clock() + 1), answer.entity(), answer.probe(),
                answer.value()));
    }

    void advanceTo(long epochMillis) {
        // The same instant again: what was emitted at it since makes a further round.
        if (epochMillis >= ruler.clock()) {
            ruler.advanceTo(epochMillis);
        }
    }

    LoopCounts counts(long refused) {
        return new LoopCounts(samples.get(), events.get(), late.get(), clamped.get(), refused);
    }

    private static Observation at(Observation o, long ts) {
        return switch (o) {
            case Sample s -> new Sample(ts, s.entity(), s.metric(), s.labels(), s.value());
            case StaleMarker s -> new StaleMarker(ts, s.entity(), s.metric(), s.labels());
            case EventSeen e -> new EventSeen(ts, e.entity(), e.type(), e.id(), e.resolved(), e.attributes(),
                    e.labels());
            case AlertSeen a -> new AlertSeen(ts, a.entity(), a.name(), a.fingerprint(), a.startsAt(), a.endsAt(),
                    a.resolved(), a.annotations(), a.labels());
            case Tick _ -> new Tick(ts);
            case ProbeAnswer p -> new ProbeAnswer(ts, p.entity(), p.probe(), p.value());
        };
    }
}
