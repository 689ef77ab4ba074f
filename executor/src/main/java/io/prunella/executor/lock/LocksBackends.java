package io.prunella.executor.lock;

import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * The three locks that a distributed claim passes, in their order.
 *
 * @param callers runs what the stores' clients would block on
 */
record LocksBackends(InProcessLocks local, Optional<RedlockDoor> door, EtcdClaims etcd, ExecutorService callers) {

    void close() {
        door.ifPresent(RedlockDoor::close);
        etcd.close();
        callers.close();
    }
}
