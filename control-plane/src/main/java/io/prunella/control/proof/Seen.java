package io.prunella.control.proof;

import io.prunella.plan.DurationText;
import io.prunella.plan.HealResult;
import io.prunella.ruler.Firing;
import java.util.Optional;

/** A firing of a test, and how it ended; {@code result} is absent while its heal goes on. */
record Seen(Firing firing, Optional<HealResult> result) {

    /** One line for people. */
    String line() {
        return DurationText.of(firing.ts()) + " " + firing.rule() + " on " + firing.entity() + ": "
                + result.map(HealResult::name).orElse("still under way")
                + (firing.suppression().equals(Firing.NO_SUPPRESSION) ? "" : " " + firing.suppression());
    }
}
