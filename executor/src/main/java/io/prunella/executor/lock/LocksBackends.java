package io.prunella.executor.lock;

import java.util.Optional;

/**
 * The three locks that a distributed claim passes, in their order.
 *
 * @param callers makes the calls of door and etcd
 */
record LocksBackends(InProcessLocks local, Optional<RedlockDoor> door, EtcdClaims etcd, Callers callers) {

    void close() {
        door.ifPresent(RedlockDoor::close);
        etcd.close();
        callers.close();
    }
}
