package io.prunella.compiler.rule;

import io.prunella.dsl.ast.Dimension;

/**
 * What the ruler must know of a metric that a pack uses.
 *
 * @param declared whether a {@code metric} declaration stands for it
 * @param staleMillis how long a value is valid, {@code [t, t+stale)}
 * @param sourcePercent whether samples come as 0–100 and are shifted by two decimal places
 * @param guardPercent undeclared and compared with a {@code %} literal: a value above 2 makes it unknown for good
 */
public record MetricModel(String name, Dimension dimension, boolean declared, long staleMillis, boolean sourcePercent,
        boolean guardPercent) {
    /** Validity of a value where nothing says otherwise, as in Prometheus. */
    public static final long DEFAULT_STALE_MILLIS = 300_000;
}
