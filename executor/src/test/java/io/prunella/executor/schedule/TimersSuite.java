package io.prunella.executor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What timers keep on any clock. */
abstract class TimersSuite {
    final List<String> called = new CopyOnWriteArrayList<>();

    abstract Timers timers();

    /** Lets time go on until so many tasks were called. */
    abstract void await(int calls) throws InterruptedException;

    @Test
    void callsInTheOrderOfTimeAndThenOfArrival() throws InterruptedException {
        long now = timers().millis();
        timers().schedule(now + 600, () -> called.add("late"));
        timers().schedule(now + 500, () -> called.add("first"));
        timers().schedule(now + 500, () -> called.add("second"));
        timers().schedule(now - 1_000, () -> called.add("overdue"));
        assertThat(called).doesNotContain("first");
        await(4);
        assertThat(called).containsExactly("overdue", "first", "second", "late");
        assertThat(timers().millis()).isGreaterThanOrEqualTo(now + 600);
    }

    @Test
    void forgetsWhatIsCancelled() throws InterruptedException {
        long now = timers().millis();
        var cancelled = timers().schedule(now + 500, () -> called.add("cancelled"));
        timers().schedule(now + 600, () -> called.add("kept"));
        cancelled.cancel();
        cancelled.cancel();
        await(1);
        assertThat(called).containsExactly("kept");
    }
}
