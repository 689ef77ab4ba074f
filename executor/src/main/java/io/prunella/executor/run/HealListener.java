package io.prunella.executor.run;

/**
 * Hears everything that happens to heals, for console, trace and bus. Events of one heal come in order and one at a
 * time, those of different heals on different threads. Must not block for long and must not throw.
 */
@FunctionalInterface
public interface HealListener {

    void on(HealEvent event);
}
