package io.prunella.control.proof;

import io.prunella.plan.HealResult;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.explain.WhyNot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A firing of a test, and how it ended.
 *
 * @param result absent while its heal goes on
 * @param because what the executor had to say of how it ended
 */
record Seen(Firing firing, Optional<HealResult> result, Map<String, String> because) {
    Seen {
        because = Collections.unmodifiableMap(new LinkedHashMap<>(because));
    }

    static Seen of(Firing firing, Optional<HealResult> result) {
        return new Seen(firing, result, Map.of());
    }

    Seen ended(HealResult how, Map<String, String> why) {
        return new Seen(firing, Optional.of(how), why);
    }

    /** One line for people. */
    String line(TestClock zero) {
        return zero.text(firing.ts()) + " " + firing.rule() + " on " + firing.entity() + ": "
                + result.map(HealResult::name).orElse("still under way")
                + (firing.suppression().equals(Firing.NO_SUPPRESSION) ? "" : " " + firing.suppression());
    }

    /** The same, and the values that made it fire. */
    String lineWithValues(TestClock zero) {
        List<Because> terms = firing.because();
        return line(zero) + (terms.isEmpty()
                ? ""
                : ", because " + terms.stream().map(term -> term.term() + " = " + WhyNot.text(term.value()))
                        .collect(Collectors.joining(", ")));
    }
}
