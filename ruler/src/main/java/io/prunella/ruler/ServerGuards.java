package io.prunella.ruler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server denies whatever its packs say; packs may deny more, never less.
 *
 * @param destructive how many destructive plans may be in flight of one kind of target
 * @param perDomain how many of them for each value of a label, by the label
 * @param perTarget how many of them for one target within a window; the next puts it in quarantine for as long
 * @param cooldownMillis of a rule and target where the rule says nothing
 * @param storm when nothing new is begun
 */
public record ServerGuards(Destructive destructive, Map<String, Long> perDomain, PerTarget perTarget,
        long cooldownMillis, Storm storm) {
    public ServerGuards {
        perDomain = Collections.unmodifiableMap(new LinkedHashMap<>(perDomain));
    }

    /**
     * {@code max(1, min(part of the kind, most))}.
     *
     * @param part of the kind, 0 to 1; absent when only {@code most} counts
     */
    public record Destructive(Optional<Double> part, long most) {}

    /** So many within a window. */
    public record PerTarget(long count, long windowMillis) {}

    /**
     * Parts of a kind that are unhealthy.
     *
     * @param above more than this, and two at least, begins a storm
     * @param below less than this for {@code forMillis} ends it
     */
    public record Storm(double above, double below, long forMillis) {}

    /** As a server without a configuration has them. */
    public static final ServerGuards DEFAULTS = new ServerGuards(new Destructive(Optional.of(0.05), 20),
            perRackAndZone(1), new PerTarget(2, 86_400_000), 600_000, new Storm(0.30, 0.20, 300_000));

    /** The same count for each {@code rack} and each {@code zone}. */
    public static Map<String, Long> perRackAndZone(long count) {
        Map<String, Long> domains = new LinkedHashMap<>();
        domains.put("rack", count);
        domains.put("zone", count);
        return domains;
    }
}
