package io.prunella.control.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prunella.control.loop.Evidence;
import io.prunella.control.loop.HealingLoop;
import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Firing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Counts and times what the loop does, under the names of the published contract. To be subscribed to one loop; called
 * by one thread at a time, except {@link #samples}.
 */
public final class HealMetrics implements Consumer<LoopEvent> {
    // Few, because every rule has its own.
    private static final Duration[] BUCKETS = Stream
            .of(10, 100, 1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);
    private final MeterRegistry registry;
    private final Map<String, Running> running = new HashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<Meter> packs = new ArrayList<>();

    public HealMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("prunella_heals_in_flight", inFlight, AtomicInteger::get)
                .description("heals that have begun and not ended").register(registry);
    }

    /** Counts what the loop dropped. */
    public void watch(HealingLoop loop) {
        FunctionCounter.builder("prunella_late", loop, l -> l.counts().late())
                .description("records that came too late and were dropped").register(registry);
    }

    /** Counts records taken in; {@code source} is the way they came, e.g. {@code jsonl}. Thread-safe. */
    public void samples(String source, long count) {
        registry.counter("prunella_samples", "source", source).increment((double) count);
    }

    @Override
    public void accept(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> fired(fired);
            case LoopEvent.Heal(HealEvent happened) -> happened(happened);
            case LoopEvent.Reloaded reloaded -> {
                packs.forEach(registry::remove);
                packs.clear();
                reloaded.packs().forEach(this::pack);
            }
            case LoopEvent.Problem _ -> {
                // Told in words elsewhere.
            }
        }
    }

    private void fired(LoopEvent.Fired fired) {
        Firing firing = fired.firing();
        Tags tags = tags(firing.rule(), firing.pack(),
                firing.healOrder().map(HealOrder::labels).orElse(Map.of()));
        time("prunella_time_to_detect", "from the begin of what the rule is about to its firing", tags,
                fired.at() - Evidence.since(firing));
        if (fired.ended().isPresent()) {
            count(fired.ended().get(), tags);
        } else {
            stage("detect", tags, fired.at() - Evidence.since(firing));
            begin(firing.traceId(), new Running(tags, Evidence.since(firing), fired.at()));
        }
    }

    private void happened(HealEvent event) {
        if (event instanceof HealEvent.Resumed(String traceId, long at, HealOrder order, String _)
                && !running.containsKey(traceId)) {
            begin(traceId, new Running(
                    tags(order.plan().rule(), packName(order.plan().pack()), order.labels()), order.firedAt(), at));
        }
        Running heal = running.get(event.traceId());
        if (heal == null) {
            return;
        }
        switch (event) {
            case HealEvent.PhaseStarted(String _, long at, Phase phase) -> {
                if (phase == Phase.THEN) {
                    stage("decide", heal.tags, at - heal.firedAt);
                    heal.executing = at;
                }
            }
            case HealEvent.PhaseEnded(String _, long at, Phase phase, boolean _) -> {
                if (phase == Phase.THEN) {
                    stage("execute", heal.tags, at - heal.executing);
                }
            }
            case HealEvent.VerifyStarted started -> heal.verifying = started.at();
            case HealEvent.VerifyEnded ended -> stage("verify", heal.tags, ended.at() - heal.verifying);
            case HealEvent.Ended ended -> {
                running.remove(ended.traceId());
                inFlight.decrementAndGet();
                count(ended.result(), heal.tags);
                if (ended.result() == HealResult.HEALED) {
                    time("prunella_time_to_recover", "from the begin of what the rule is about to its verified heal",
                            heal.tags, ended.at() - heal.since);
                }
            }
            case HealEvent.Submitted _,HealEvent.Resumed _,HealEvent.Claimed _,HealEvent.ClaimHeld _,HealEvent.Checked _,HealEvent.AttemptStarted _,HealEvent.Output _,HealEvent.AttemptEnded _,HealEvent.WaitStarted _,HealEvent.StepEnded _ -> {
                // Not timed.
            }
        }
    }

    private void begin(String traceId, Running heal) {
        running.put(traceId, heal);
        inFlight.incrementAndGet();
    }

    private void count(HealResult result, Tags tags) {
        registry.counter("prunella_firings", tags.and("result", result.name())).increment();
    }

    private void stage(String stage, Tags tags, long millis) {
        time("prunella_heal_stage", "how long the stages of heals take", tags.and("stage", stage), millis);
    }

    private void time(String name, String description, Tags tags, long millis) {
        Timer.builder(name).description(description).tags(tags).serviceLevelObjectives(BUCKETS)
                .register(registry).record(Duration.ofMillis(Math.max(0, millis)));
    }

    private void pack(String described) {
        int digest = described.lastIndexOf(' ');
        packs.add(Gauge.builder("prunella.pack.info", () -> 1) // the dots make it an info metric
                .tags("pack", described.substring(0, Math.max(0, described.indexOf(' '))), "digest",
                        described.substring(digest + 1))
                .description("packs in force").register(registry));
    }

    private static Tags tags(String rule, String pack, Map<String, String> labels) {
        return Tags.of(Tag.of("rule", rule), Tag.of("pack", pack),
                Tag.of("slo_tier", labels.getOrDefault("slo_tier", "")),
                Tag.of("business_unit", labels.getOrDefault("business_unit", "")));
    }

    private static String packName(String nameAndVersion) {
        int space = nameAndVersion.lastIndexOf(' ');
        return space < 0 ? nameAndVersion : nameAndVersion.substring(0, space);
    }

    private static final class Running {
        private final Tags tags;
        private final long since;
        private final long firedAt;
        private long executing;
        private long verifying;

        Running(Tags tags, long since, long firedAt) {
            this.tags = tags;
            this.since = since;
            this.firedAt = firedAt;
            executing = firedAt;
            verifying = firedAt;
        }
    }
}
