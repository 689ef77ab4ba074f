package io.prunella.executor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PriorityWorkersTest {

    @Test
    void givesAPlaceToTheHighestPriorityThenToTheEarliest() {
        var workers = new PriorityWorkers(1, Runnable::run);
        var order = new ArrayList<String>();
        var places = new ArrayList<Workers.Place>();
        List<Long> priorities = List.of(0L, 5L, -1L, 5L, Long.MAX_VALUE, Long.MIN_VALUE);
        for (int i = 0; i < priorities.size(); i++) {
            var name = priorities.get(i) + "#" + i;
            workers.submit(priorities.get(i), place -> {
                order.add(name);
                places.add(place);
            });
        }
        for (int i = 0; i < priorities.size(); i++) {
            places.get(i).giveBack();
        }
        assertThat(order).containsExactly("0#0", Long.MAX_VALUE + "#4", "5#1", "5#3", "-1#2", Long.MIN_VALUE + "#5");
    }

    @Test
    void countsAPlaceGivenBackTwiceOnce() {
        var workers = new PriorityWorkers(1, Runnable::run);
        var taken = new AtomicInteger();
        var places = new ArrayList<Workers.Place>();
        for (int i = 0; i < 3; i++) {
            workers.submit(0, place -> {
                taken.incrementAndGet();
                places.add(place);
            });
        }
        places.getFirst().giveBack();
        places.getFirst().giveBack();
        assertThat(taken).hasValue(2);
    }

    @Test
    void neverRunsMoreThanItHasPlacesForAndForgetsNobody() throws InterruptedException {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var left = new CountDownLatch(2_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = new PriorityWorkers(7, threads);
            for (int i = 0; i < 2_000; i++) {
                long priority = i % 13;
                threads.execute(() -> workers.submit(priority, place -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    running.decrementAndGet();
                    place.giveBack();
                    left.countDown();
                }));
            }
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most.get()).isBetween(1, 7);
    }

    @Test
    void needsAPlace() {
        assertThatThrownBy(() -> new PriorityWorkers(0, Runnable::run)).isInstanceOf(IllegalArgumentException.class);
    }
}
