package io.prunella.control.loop;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A firing and what became of it, as people look at it. Times are epoch milliseconds.
 *
 * @param pack name, and version where it is known
 * @param result absent while the heal is under way
 * @param stages in the order of {@link StageName}; one that was not reached is missing
 * @param attempts in the order begun
 * @param output the last lines that attempts said; untrusted text
 * @param because terms of the condition and their values, then what the executor had to add
 */
public record HealView(String traceId, String rule, String pack, String entity, Map<String, String> subject,
        String severity, Mode mode, long firedAt, Optional<HealResult> result, String suppression,
        List<Stage> stages, List<Attempt> attempts, List<String> output, Map<String, String> because) {
    public HealView {
        requireNonNull(traceId);
        subject = Collections.unmodifiableMap(new LinkedHashMap<>(subject));
        stages = List.copyOf(stages);
        attempts = List.copyOf(attempts);
        output = List.copyOf(output);
        because = Collections.unmodifiableMap(new LinkedHashMap<>(because));
    }

    /** The four stages of a heal. */
    public enum StageName {
        DETECT, DECIDE, EXECUTE, VERIFY
    }

    /** One of the four stages; {@code end} is absent while it lasts. */
    public record Stage(StageName name, long start, OptionalLong end, String note) {}

    /**
     * One try of an action, or one message.
     *
     * @param phase {@code then}, {@code after}, {@code rollback}, {@code escalate}
     * @param outcome {@code succeeded}, {@code failed}, {@code timed_out}, {@code refused}, {@code unknown}; empty while
     *        it runs
     * @param message why it did not succeed, else empty
     */
    public record Attempt(String actionId, String phase, String step, String doing, String driver, String target,
            int number, long start, OptionalLong end, String outcome, String message) {}
}
