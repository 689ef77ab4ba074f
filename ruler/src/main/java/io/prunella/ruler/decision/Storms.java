package io.prunella.ruler.decision;

import io.prunella.ruler.ServerGuards;
import io.prunella.ruler.topology.Entities;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/** Watches which part of each kind is unhealthy: so many at once are no faults of their own, and heals would add to them. */
final class Storms {
    /** One that is unhealthy is no storm, however small its fleet. */
    private static final long LEAST = 2;

    private final ServerGuards.Storm limits;
    private final ToLongFunction<String> sizes;
    private final PriorityQueue<Change> changes = new PriorityQueue<>(
            Comparator.comparingLong(Change::ts).thenComparingLong(Change::number));
    private final Map<String, Integer> reasons = new HashMap<>();
    private final Map<String, Weather> weathers = new HashMap<>();
    private long numbers;

    private record Change(long ts, long number, String entity, int reasons) {}

    /** How it stands with one kind. */
    private static final class Weather {
        private long unhealthy;
        private boolean storm;
        private long calmSince = Long.MAX_VALUE;
    }

    /**
     * Nobody is unhealthy yet.
     *
     * @param sizes how many there are of a kind
     */
    Storms(ServerGuards.Storm limits, ToLongFunction<String> sizes) {
        this.limits = limits;
        this.sizes = sizes;
    }

    /** One more reason for which an entity is unhealthy from {@code ts} on. */
    void ill(String entity, long ts) {
        // Whether it rages may be asked seldom or never: what is over by now need not wait for that.
        while (!changes.isEmpty() && changes.element().ts() < ts) {
            apply(changes.remove());
        }
        changes.add(new Change(ts, numbers++, entity, 1));
    }

    /** One reason less from {@code ts} on. */
    void well(String entity, long ts) {
        if (ts != Long.MAX_VALUE) {
            changes.add(new Change(ts, numbers++, entity, -1));
        }
    }

    /** Whether no heal of that kind is to begin now. */
    boolean raging(String kind, long now) {
        while (!changes.isEmpty() && changes.element().ts() <= now) {
            apply(changes.remove());
        }
        Weather weather = weathers.computeIfAbsent(kind, _ -> new Weather());
        calm(weather, now);
        return weather.storm;
    }

    private void apply(Change change) {
        String kind = Entities.kind(change.entity());
        Weather weather = weathers.computeIfAbsent(kind, _ -> new Weather());
        calm(weather, change.ts());
        int before = reasons.getOrDefault(change.entity(), 0);
        int after = before + change.reasons();
        if (after > 0) {
            reasons.put(change.entity(), after);
        } else {
            reasons.remove(change.entity());
        }
        weather.unhealthy += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
        double part = (double) weather.unhealthy / Math.max(1, sizes.applyAsLong(kind));
        if (part > limits.above() && weather.unhealthy >= LEAST) {
            weather.storm = true;
        }
        if (part >= limits.below()) {
            weather.calmSince = Long.MAX_VALUE;
        } else if (weather.calmSince == Long.MAX_VALUE) {
            weather.calmSince = change.ts();
        }
    }

    private void calm(Weather weather, long ts) {
        if (weather.calmSince != Long.MAX_VALUE && ts - weather.calmSince >= limits.forMillis()) {
            weather.storm = false;
        }
    }
}
