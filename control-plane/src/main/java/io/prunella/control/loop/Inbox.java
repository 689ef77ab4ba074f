package io.prunella.control.loop;

import io.prunella.ruler.Observation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the ruler's owner: observations, of which there is a bounded number, and calls of the other parts,
 * whose number is bounded by the heals in flight. Thread-safe; one thread takes.
 */
final class Inbox {
    private final Queue<Observation> observations = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final Semaphore room;
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Thread owner;

    Inbox(int most) {
        room = new Semaphore(most);
    }

    /** Who is woken when something arrives. */
    void owner(Thread thread) {
        owner = thread;
    }

    boolean offer(List<Observation> all) {
        if (!room.tryAcquire(all.size())) {
            refused.addAndGet(all.size());
            return false;
        }
        observations.addAll(all);
        wake();
        return true;
    }

    void call(Runnable call) {
        calls.add(call);
        wake();
    }

    void wake() {
        LockSupport.unpark(owner);
    }

    @Nullable
    Observation nextObservation() {
        Observation next = observations.poll();
        if (next != null) {
            room.release();
        }
        return next;
    }

    @Nullable
    Runnable nextCall() {
        return calls.poll();
    }

    boolean isEmpty() {
        return observations.isEmpty() && calls.isEmpty();
    }

    long refused() {
        return refused.get();
    }
}
