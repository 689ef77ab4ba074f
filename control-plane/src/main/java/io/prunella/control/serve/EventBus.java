package io.prunella.control.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries what happens to whoever listens, without ever waiting for a listener: the newest events are kept in a ring,
 * and each listener reads it at its own pace. Thread-safe.
 */
final class EventBus implements AutoCloseable {
    private static final int AT_ONCE = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Event[] ring;
    private final long first;
    private long next;
    private boolean closed;

    /**
     * Something that happened.
     *
     * @param id grows by one from event to event
     * @param json one object, on one line
     */
    record Event(long id, String kind, String json) {}

    /** What a listener gets next. */
    sealed interface Next {}

    /** What came; empty when nothing did in time. */
    record Came(List<Event> events) implements Next {}

    /** The listener's place has left the ring; the oldest event that is still there has this id. */
    record Lost(long oldest) implements Next {}

    /** There will be no more. */
    record Closed() implements Next {}

    /**
     * An empty bus.
     *
     * @param capacity how many events a listener may lag behind
     * @param first the id of the first event; larger than any of an earlier process, so that a listener of that one
     *            learns that it missed something
     */
    EventBus(int capacity, long first) {
        ring = new Event[capacity];
        this.first = first;
        next = first;
    }

    /** Appends an event; the oldest makes room for it. */
    void publish(String kind, String json) {
        lock.lock();
        try {
            ring[(int) (next % ring.length)] = new Event(next, kind, json);
            next++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The id of the newest event, or one less than the first. */
    long newest() {
        lock.lock();
        try {
            return next - 1;
        } finally {
            lock.unlock();
        }
    }

    /** The events after an id, waiting a while for the first of them. */
    Next after(long id, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && id >= next - 1 && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            long oldest = Math.max(first, next - ring.length);
            // An id that no event has had yet is of another process, too.
            if (id < oldest - 1 || id >= next) {
                return closed ? new Closed() : new Lost(oldest);
            }
            List<Event> events = new ArrayList<>();
            for (long i = id + 1; i < next && events.size() < AT_ONCE; i++) {
                events.add(ring[(int) (i % ring.length)]);
            }
            return closed && events.isEmpty() ? new Closed() : new Came(List.copyOf(events));
        } finally {
            lock.unlock();
        }
    }

    /** Waits for nothing; each listener still gets what it has not read, then the end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
