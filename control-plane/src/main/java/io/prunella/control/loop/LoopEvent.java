package io.prunella.control.loop;

import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Firing;
import io.prunella.ruler.ReloadReport;
import java.util.List;
import java.util.Optional;

/** Something that a subscriber of the loop hears, in the order in which it happened. */
public sealed interface LoopEvent {

    /** Epoch milliseconds, of the loop's clock. */
    long at();

    /**
     * A rule fired.
     *
     * @param ended its result when nothing is going to be done; else its {@link Heal} events follow
     */
    record Fired(long at, Firing firing, Optional<HealResult> ended) implements LoopEvent {}

    /** Something happened to a heal. */
    record Heal(HealEvent event) implements LoopEvent {
        @Override
        public long at() {
            return event.at();
        }
    }

    /**
     * Rules were put in force.
     *
     * @param packs name, version and digest of each, e.g. {@code linux_base 1.4.0 sha256:…}
     */
    record Reloaded(long at, ReloadReport report, List<String> packs) implements LoopEvent {
        public Reloaded {
            packs = List.copyOf(packs);
        }
    }

    /** Something that an SRE should know and that is no firing; lower case, cause and cure. */
    record Problem(long at, String message) implements LoopEvent {}
}
