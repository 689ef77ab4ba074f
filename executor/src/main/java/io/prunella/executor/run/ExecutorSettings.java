package io.prunella.executor.run;

import io.prunella.plan.ChannelSpec;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the server's configuration says about execution.
 *
 * @param executorId names this process in claims
 * @param maxAgeMillis a firing older than this when it could start ends {@code EXPIRED}
 * @param stopGraceMillis how long a cancelled attempt may take to stop before its outcome is called unknown
 * @param defaultChannel hears of heals that need people where the rule has no {@code escalate:}
 */
public record ExecutorSettings(String executorId, OptionalLong maxAgeMillis, long stopGraceMillis,
        Optional<ChannelSpec> defaultChannel) {

    /** A simulation's: nothing grows too old, nobody else hears. */
    public static ExecutorSettings plain(String executorId) {
        return new ExecutorSettings(executorId, OptionalLong.empty(), 30_000, Optional.empty());
    }
}
