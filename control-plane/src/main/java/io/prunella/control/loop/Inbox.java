package io.prunella.control.loop;

import io.prunella.ruler.Observation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the ruler's owner: observations, of which there is a bounded number, and calls of the other parts,
 * whose number is bounded by the heals in flight. Thread-safe; one thread takes.
 */
final class Inbox {
    private static final long LONGEST_QUESTION_SECONDS = 30;

    private final Queue<List<Observation>> observations = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final Semaphore room;
    private final AtomicLong refused = new AtomicLong();
    private volatile Thread owner;

    Inbox(int most, Thread owner) {
        room = new Semaphore(most);
        this.owner = owner;
    }

    /** Who is woken when something arrives, and does what is called for. */
    void owner(Thread thread) {
        owner = thread;
    }

    boolean ownedHere() {
        return Thread.currentThread() == owner;
    }

    boolean offer(List<Observation> all) {
        if (!room.tryAcquire(all.size())) {
            refused.addAndGet(all.size());
            return false;
        }
        observations.add(all);
        wake();
        return true;
    }

    void call(Runnable call) {
        calls.add(call);
        wake();
    }

    /** Has the owner answer a question, and waits for that, 30 s at most. */
    <T> T ask(Supplier<T> question) {
        if (ownedHere()) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        call(() -> answer.complete(question.get()));
        return answer.orTimeout(LONGEST_QUESTION_SECONDS, TimeUnit.SECONDS).join();
    }

    void wake() {
        LockSupport.unpark(owner);
    }

    /** Those that were offered together; their room is free again once they are {@linkplain #done done}. */
    @Nullable
    List<Observation> nextObservations() {
        return observations.poll();
    }

    void done(List<Observation> all) {
        room.release(all.size());
    }

    @Nullable
    Runnable nextCall() {
        return calls.poll();
    }

    long refused() {
        return refused.get();
    }
}
