package io.prunella.ruler.backtest;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a whole pack would have done.
 *
 * @param firings all of them, skipped ones too
 * @param skipped those that a cooldown, limit, guard, lock or suppression held back
 * @param firesADay {@code firings} by the length of the recordings; less than a day counts as one
 * @param mostPerTarget the target with the most firings that were not skipped
 * @param pages how often somebody would have been called
 * @param heals firings that were not skipped and whose plan executes something
 * @param mostAtOnce the most targets that heals had in flight at one instant
 */
public record Totals(long firings, long skipped, double firesADay, Optional<Target> mostPerTarget, long pages,
        long heals, Radius mostAtOnce) {

    /** A target and how often it was one. */
    public record Target(String entity, long firings) {}

    /**
     * How far a pack reaches at its worst.
     *
     * @param at the first instant at which it was so; absent when nothing was ever in flight
     * @param shareOfFleet of the inventory, or without one the entities that the recordings named, of the kinds of those targets
     */
    public record Radius(int targets, OptionalLong at, double shareOfFleet) {
        static final Radius NONE = new Radius(0, OptionalLong.empty(), 0);
    }
}
