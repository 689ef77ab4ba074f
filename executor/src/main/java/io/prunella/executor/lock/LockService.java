package io.prunella.executor.lock;

/**
 * Gives out claims on targets, so that no two executors act on one target at once. Thread-safe; calls block for a
 * bounded time (every remote call has a time-out) and are meant for virtual threads. {@link Locks} opens one.
 */
public interface LockService extends AutoCloseable {

    /**
     * Claims a target, at once or not at all. A claim excludes claims on the target's descendants and is refused while
     * one of them is claimed. Problems are answers, never exceptions.
     */
    LockAnswer claim(ClaimRequest request);

    /** Lets go of connections; claims still held are not released, the stores forget them after their time to live. */
    @Override
    void close();
}
