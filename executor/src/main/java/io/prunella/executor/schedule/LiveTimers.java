package io.prunella.executor.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on a real clock, with one daemon thread of their own. Thread-safe. */
public final class LiveTimers implements Timers, AutoCloseable {
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread;

    public LiveTimers(InstantSource clock) {
        this.clock = clock;
        thread = new ScheduledThreadPoolExecutor(1,
                task -> Thread.ofPlatform().name("prunella-timers").daemon().unstarted(task));
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public Timer schedule(long atMillis, Runnable task) {
        var future = thread.schedule(task, Math.max(0, atMillis - clock.millis()), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /** Forgets every task that waits. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
