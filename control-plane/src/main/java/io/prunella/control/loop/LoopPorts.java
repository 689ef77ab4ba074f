package io.prunella.control.loop;

import io.prunella.executor.driver.Drivers;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.lock.LockService;
import io.prunella.executor.notify.Channels;
import io.prunella.executor.run.ExecutorSettings;
import io.prunella.executor.schedule.Timers;
import io.prunella.executor.schedule.Workers;
import java.util.concurrent.Executor;

/**
 * Everything outside that a loop needs: the executor's ports and a prober. With virtual timers, {@code Runnable::run}
 * as carrier and scripted drivers the same loop is a test.
 *
 * @param timers the loop's clock, and the executor's
 * @param carrier as in {@code ExecutorPorts}
 */
public record LoopPorts(Timers timers, Executor carrier, Workers workers, Drivers drivers, Journal journal,
        LockService locks, Channels channels, Prober prober, ExecutorSettings execution) {}
