package io.prunella.ruler;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.Mode;
import io.prunella.ruler.topology.Topology;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a ruler works, whatever the rules.
 *
 * @param mode {@code execution.mode}: the most that any rule may
 * @param defaultMode {@code execution.default_mode}: what a rule without a mode of its own gets
 * @param pace what moves the clock
 * @param latenessMillis how far a record may lie behind the greatest time so far and still be put in order
 * @param notices what is worth telling and is no firing, e.g. a metric that must be declared
 * @param guards what a server denies; none in a simulation unless it is told
 * @param topology who there is at the start; {@link Ruler#topology} puts another in its place
 */
public record RulerSettings(Mode mode, Mode defaultMode, Pace pace, long latenessMillis, Consumer<String> notices,
        Topology topology, Optional<ServerGuards> guards) {

    /** {@code ingest.lateness}. */
    public static final long DEFAULT_LATENESS_MILLIS = 5_000;

    /** Without a server's guards. */
    public RulerSettings(Mode mode, Mode defaultMode, Pace pace, long latenessMillis, Consumer<String> notices,
            Topology topology) {
        this(mode, defaultMode, pace, latenessMillis, notices, topology, Optional.empty());
    }

    public RulerSettings {
        requireNonNull(mode);
        requireNonNull(defaultMode);
        requireNonNull(pace);
        requireNonNull(notices);
        requireNonNull(topology);
        if (latenessMillis < 0) {
            throw new IllegalArgumentException("negative lateness: " + latenessMillis);
        }
    }

    /** What moves the clock. */
    public enum Pace {
        /** The records do, {@code latenessMillis} behind the greatest time so far: recordings. */
        RECORDS,
        /** Only {@link Ruler#advanceTo} does: a service, which trusts no sender's clock. */
        CLOCK
    }

    /** A simulation's: nothing may run, the records are the clock. */
    public static RulerSettings simulation(Consumer<String> notices) {
        return new RulerSettings(Mode.DRY_RUN, Mode.DRY_RUN, Pace.RECORDS, DEFAULT_LATENESS_MILLIS, notices,
                Topology.EMPTY);
    }

    /** The same with a topology. */
    public RulerSettings with(Topology other) {
        return new RulerSettings(mode, defaultMode, pace, latenessMillis, notices, other, guards);
    }

    /** The same with a server's guards, or without. */
    public RulerSettings with(Optional<ServerGuards> other) {
        return new RulerSettings(mode, defaultMode, pace, latenessMillis, notices, topology, other);
    }
}
