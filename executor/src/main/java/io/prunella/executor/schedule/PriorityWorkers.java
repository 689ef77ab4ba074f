package io.prunella.executor.schedule;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A bounded number of places, given out by priority. Hand-over is lock-free: requests and places given back go into one
 * queue, and whoever finds nobody at it becomes the dispatcher, who alone owns the heap, until the queue is empty.
 * Thread-safe.
 */
public final class PriorityWorkers implements Workers {
    private final Executor carrier;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    // Invariant: from here on touched by the dispatcher only.
    private final PriorityQueue<Request> heap = new PriorityQueue<>();
    private int free;
    private long arrivals;

    /**
     * Sets up the places.
     *
     * @param places how many attempts may run at once, at least 1
     * @param carrier runs the tasks: a virtual thread each when live, {@code Runnable::run} on a virtual clock
     */
    public PriorityWorkers(int places, Executor carrier) {
        if (places < 1) {
            throw new IllegalArgumentException("at least one place is needed: " + places);
        }
        this.free = places;
        this.carrier = carrier;
    }

    /** A place for everybody at once, on the caller's thread: what a virtual clock needs. */
    public static Workers unbounded() {
        return new PriorityWorkers(Integer.MAX_VALUE, Runnable::run);
    }

    @Override
    public void submit(long priority, Consumer<Place> task) {
        hand(() -> heap.add(new Request(priority, arrivals++, task)));
    }

    private void giveBack() {
        hand(() -> free++);
    }

    private void hand(Runnable change) {
        inbox.add(change);
        if (waiting.getAndIncrement() == 0) {
            dispatch();
        }
    }

    private void dispatch() {
        int seen = 1;
        do {
            for (int i = 0; i < seen; i++) {
                var change = inbox.poll();
                if (change != null) {
                    change.run();
                }
            }
            while (free > 0 && !heap.isEmpty()) {
                var next = heap.remove();
                free--;
                var given = new AtomicBoolean();
                carrier.execute(() -> next.task.accept(() -> {
                    if (!given.getAndSet(true)) {
                        giveBack();
                    }
                }));
            }
            seen = waiting.addAndGet(-seen);
        } while (seen != 0);
    }

    private record Request(long priority, long arrival, Consumer<Place> task) implements Comparable<Request> {

        @Override
        public int compareTo(Request other) {
            int higherFirst = Long.compare(other.priority, priority);
            return higherFirst != 0 ? higherFirst : Long.compare(arrival, other.arrival);
        }
    }
}
