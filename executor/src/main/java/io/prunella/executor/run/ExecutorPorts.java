package io.prunella.executor.run;

import io.prunella.executor.driver.Drivers;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.lock.LockService;
import io.prunella.executor.notify.Channels;
import io.prunella.executor.schedule.Timers;
import io.prunella.executor.schedule.Workers;
import java.util.concurrent.Executor;

/**
 * Everything outside that an executor needs. With virtual timers, {@code Runnable::run} as carrier and scripted
 * drivers it is a simulation; the code is the same.
 *
 * @param carrier runs a heal's own bookkeeping, which may block on journal and locks: a virtual thread each when live
 * @param workers places for attempts
 */
public record ExecutorPorts(Timers timers, Executor carrier, Workers workers, Drivers drivers,
        Conditions conditions, Journal journal, LockService locks, Channels channels, HealListener listener,
        Emitter emitter) {
    /** Without anybody who judges what is emitted. */
    public ExecutorPorts(Timers timers, Executor carrier, Workers workers, Drivers drivers, Conditions conditions,
            Journal journal, LockService locks, Channels channels, HealListener listener) {
        this(timers, carrier, workers, drivers, conditions, journal, locks, channels, listener, Emitter.NOBODY);
    }
}
