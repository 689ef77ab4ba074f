package io.prunella.executor.lock;

import java.util.Optional;

/** Decides whether the local lock may stand in while etcd does not answer. */
final class Degradation {

    private Degradation() {}

    /**
     * Why it may not, in the user's terms; empty if it may.
     *
     * @param doorHeld whether the door's quorum was held and extended just now
     */
    static Optional<String> forbidden(LockSettings settings, boolean destructive, boolean doorHeld) {
        if (destructive) {
            return Optional.of("a destructive action never goes on with the local lock alone");
        }
        if (settings.degrade() == LockSettings.Degrade.REFUSE) {
            return Optional.of("`locks.degrade` is `refuse`");
        }
        if (!doorHeld && settings.instances() != 1) {
            return Optional.of("the quorum of `locks.redis` is not held, and there are other instances");
        }
        return Optional.empty();
    }
}
