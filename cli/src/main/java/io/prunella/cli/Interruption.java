package io.prunella.cli;

import io.prunella.control.loop.LiveRun;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C while a run is under way: what runs is cancelled and journaled before the process ends. */
final class Interruption implements AutoCloseable {
    private static final long SECONDS = 20;
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile Optional<LiveRun> run = Optional.empty();

    /** To be opened before what has to be closed before the process may end. */
    Interruption() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "prunella-interrupted"));
    }

    /** What is to be stopped. */
    void stops(LiveRun underWay) {
        run = Optional.of(underWay);
    }

    private void signalled() {
        run.ifPresent(underWay -> underWay.stop("an interrupt of the command"));
        try {
            if (!ended.await(run.isPresent() ? SECONDS : 0, TimeUnit.SECONDS)) {
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
