package io.prunella.cli;

import io.prunella.control.loop.LiveRun;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C while a run is under way: what runs is cancelled and journaled before the process ends. */
final class Interruption implements AutoCloseable {
    private static final long SECONDS = 20;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    static Interruption stops(LiveRun run) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.signalled(run), "prunella-interrupted"));
        return interruption;
    }

    private void signalled(LiveRun run) {
        if (ended.getCount() == 0) {
            return;
        }
        run.stop("an interrupt of the command");
        try {
            if (!ended.await(SECONDS, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
