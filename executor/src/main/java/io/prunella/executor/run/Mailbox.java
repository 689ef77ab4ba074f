package io.prunella.executor.run;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs what is posted one after the other, whoever posts it. What throws ends its own heal only: the exception goes to
 * {@code broken}, in the mailbox. Thread-safe.
 */
final class Mailbox {
    private final Executor carrier;
    private final Consumer<RuntimeException> broken;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Mailbox(Executor carrier, Consumer<RuntimeException> broken) {
        this.carrier = carrier;
        this.broken = broken;
    }

    /** Never runs the task inside a task of the same mailbox, so that states change between tasks only. */
    void post(Runnable task) {
        posted.add(task);
        if (waiting.getAndIncrement() == 0) {
            carrier.execute(this::drain);
        }
    }

    private void drain() {
        do {
            var task = posted.poll();
            if (task != null) {
                fenced(task);
            }
        } while (waiting.decrementAndGet() != 0);
    }

    private void fenced(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            broken.accept(bug);
        }
    }
}
