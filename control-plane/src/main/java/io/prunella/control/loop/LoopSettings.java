package io.prunella.control.loop;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.Mode;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.ServerGuards;
import java.util.Optional;

/**
 * How a loop works, whatever its packs.
 *
 * @param mode the most that any rule may
 * @param defaultMode what a rule without a mode of its own gets
 * @param pace what moves the ruler's clock: the records, or the loop's clock minus {@code latenessMillis}
 * @param inbox how many observations may wait; above it {@link HealingLoop#offer} says no
 * @param guards what is denied whatever packs say; none for a recording
 * @param repeats what a firing means whose heal the journal knows already
 */
public record LoopSettings(Mode mode, Mode defaultMode, Pace pace, long latenessMillis, int inbox, Repeats repeats,
        Optional<ServerGuards> guards) {
    /** Some hundred milliseconds of the fastest stream. */
    public static final int DEFAULT_INBOX = 65_536;

    /** Without a server's guards. */
    public LoopSettings(Mode mode, Mode defaultMode, Pace pace, long latenessMillis, int inbox, Repeats repeats) {
        this(mode, defaultMode, pace, latenessMillis, inbox, repeats, Optional.empty());
    }

    public LoopSettings {
        requireNonNull(mode);
        requireNonNull(defaultMode);
        requireNonNull(pace);
        requireNonNull(repeats);
        if (inbox < 1 || latenessMillis < 0) {
            throw new IllegalArgumentException("no loop: inbox " + inbox + ", lateness " + latenessMillis);
        }
    }

    /** What a firing means whose trace id the journal knows from an earlier process. */
    public enum Repeats {
        /** The same observation again, e.g. read back from the log after a restart: nothing more is done. */
        SAME_HEAL,
        /** A recording is run again on purpose: a heal of its own, with a trace id of its own. */
        NEW_HEAL
    }

    /** A service: its clock decides. */
    public static LoopSettings service(Mode mode, Mode defaultMode, long latenessMillis) {
        return new LoopSettings(mode, defaultMode, Pace.CLOCK, latenessMillis, DEFAULT_INBOX, Repeats.SAME_HEAL);
    }

    /** The same with a server's guards. */
    public LoopSettings with(ServerGuards server) {
        return new LoopSettings(mode, defaultMode, pace, latenessMillis, inbox, repeats, Optional.of(server));
    }

    /** A recording: its records are the clock. */
    public static LoopSettings recording(Mode mode, Mode defaultMode) {
        return new LoopSettings(mode, defaultMode, Pace.RECORDS, RulerSettings.DEFAULT_LATENESS_MILLIS,
                DEFAULT_INBOX, Repeats.NEW_HEAL);
    }
}
