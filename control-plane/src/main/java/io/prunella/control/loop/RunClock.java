package io.prunella.control.loop;

import io.prunella.executor.schedule.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The clock of a recording that is run for real: it stands where the records are, moves with them as fast as they are
 * read, and goes on in real time while something real is under way. Thread-safe; due tasks are called by whoever calls
 * {@link #callDue}.
 */
final class RunClock implements Timers {
    private final InstantSource real;
    private final Thread waked;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private long arrivals;
    private long stands;
    // Real time minus this clock while it runs.
    private OptionalLong offset = OptionalLong.empty();

    /**
     * @param real the machine's clock
     * @param waked the thread that calls what is due, woken when a task is handed in
     */
    RunClock(InstantSource real, Thread waked) {
        this.real = real;
        this.waked = waked;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public synchronized long millis() {
        if (offset.isPresent()) {
            // Invariant: never back, whatever an administrator does to the machine's clock.
            stands = Math.max(stands, real.millis() - offset.getAsLong());
        }
        return stands;
    }

    /** Moves a clock that stands; one that is there already stays. */
    synchronized void standAt(long epochMillis) {
        stands = Math.max(millis(), epochMillis);
        offset = OptionalLong.empty();
    }

    /** Begins anew at any instant; only while nothing is under way. */
    synchronized void beginAt(long epochMillis) {
        stands = epochMillis;
        offset = OptionalLong.empty();
        waiting.clear();
    }

    /** From here on it goes on in real time. */
    synchronized void go() {
        if (offset.isEmpty()) {
            offset = OptionalLong.of(real.millis() - stands);
        }
    }

    @Override
    public Timer schedule(long atMillis, Runnable task) {
        Waiting added;
        synchronized (this) {
            added = new Waiting(atMillis, arrivals++, task);
            waiting.add(added);
        }
        LockSupport.unpark(waked);
        return () -> {
            synchronized (this) {
                waiting.remove(added);
            }
        };
    }

    /** Calls what is due now, in order; returns how many. */
    int callDue() {
        List<Waiting> due = new ArrayList<>();
        synchronized (this) {
            long now = millis();
            for (Waiting first = waiting.peek(); first != null && first.at <= now; first = waiting.peek()) {
                due.add(first);
                waiting.remove();
            }
        }
        due.forEach(d -> d.task.run());
        return due.size();
    }

    private record Waiting(long at, long arrival, Runnable task) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
        }
    }
}
