package io.prunella.plan;

import java.util.Optional;

/**
 * How a heal is proved.
 *
 * @param withinMillis from the end of {@code then}; its end is included
 * @param everyMillis how often probes are asked
 */
public record Verify(ConditionRef condition, long withinMillis, Optional<Long> everyMillis) {}
