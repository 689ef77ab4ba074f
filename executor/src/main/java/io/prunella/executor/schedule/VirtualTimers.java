package io.prunella.executor.schedule;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * A clock that moves only when told, with its timers: what tests and simulations hand in instead of time. Not
 * thread-safe: everything happens on the thread that moves it.
 */
public final class VirtualTimers implements Timers {
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>();
    private long now;
    private long arrivals;

    public VirtualTimers(long startMillis) {
        now = startMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public Timer schedule(long atMillis, Runnable task) {
        var waiting = new Waiting(Math.max(atMillis, now), arrivals++, task);
        queue.add(waiting);
        return () -> waiting.cancelled = true;
    }

    /** When the next task is due, epoch milliseconds; never before {@link #millis()}. */
    public OptionalLong nextDue() {
        while (!queue.isEmpty() && queue.element().cancelled) {
            queue.remove();
        }
        return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.element().at);
    }

    /**
     * Calls everything that is due up to and at an instant, those included that become due on the way, each at its own
     * instant, and leaves the clock there. A clock never goes back: an earlier instant only calls what is due now.
     *
     * @return how many tasks were called
     */
    public int advanceTo(long millis) {
        int called = 0;
        for (var due = nextDue(); due.isPresent() && due.getAsLong() <= Math.max(millis, now); due = nextDue()) {
            var first = queue.remove();
            now = first.at;
            first.task.run();
            called++;
        }
        now = Math.max(now, millis);
        return called;
    }

    private static final class Waiting implements Comparable<Waiting> {
        private final long at;
        private final long arrival;
        private final Runnable task;
        private boolean cancelled;

        private Waiting(long at, long arrival, Runnable task) {
            this.at = at;
            this.arrival = arrival;
            this.task = task;
        }

        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
        }
    }
}
