package io.prunella.compiler.rule;

import java.util.List;

/**
 * That what fires downstream of a cause is suppressed, and for how long.
 *
 * @param windowMillis how long after its end a cause still suppresses
 * @param overrides of the window, the first whose label fits counts
 * @param settleMillis how long a child waits for its cause to show
 * @param when whether this cause suppresses this firing
 */
public record SuppressModel(String name, long windowMillis, List<WindowOverride> overrides, long settleMillis,
        Condition when) {
    /** The window where nothing says otherwise. */
    public static final long DEFAULT_WINDOW_MILLIS = 300_000;

    public SuppressModel {
        overrides = List.copyOf(overrides);
    }

    /** Another window for firings whose label has that value. */
    public record WindowOverride(String label, String value, long windowMillis) {}
}
