package io.prunella.executor.schedule;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

class LiveTimersTest extends TimersSuite {
    private final LiveTimers timers = new LiveTimers(InstantSource.system());

    @AfterEach
    void stop() {
        timers.close();
    }

    @Override
    Timers timers() {
        return timers;
    }

    @Override
    void await(int calls) throws InterruptedException {
        // Behind everything that these tests hand in.
        var end = new CountDownLatch(1);
        timers.schedule(timers.millis() + 800, end::countDown);
        end.await();
    }
}
