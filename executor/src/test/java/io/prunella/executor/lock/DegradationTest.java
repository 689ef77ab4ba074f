package io.prunella.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DegradationTest {
    private static final LockSettings MANY = LockSettings.distributed(List.of(), List.of());

    @Test
    void behindTheDoorsQuorumTheLocalLockMayStandIn() {
        assertThat(Degradation.forbidden(MANY, false, true)).isEmpty();
        assertThat(Degradation.forbidden(MANY, false, false)).isPresent();
    }

    @Test
    void aSingleInstanceNeedsNoDoor() {
        assertThat(Degradation.forbidden(MANY.withInstances(1), false, false)).isEmpty();
    }

    @Test
    void aDestructiveActionIsNeverDegraded() {
        assertThat(Degradation.forbidden(MANY.withInstances(1), true, true)).isPresent();
    }

    @Test
    void refuseMeansRefuse() {
        assertThat(Degradation.forbidden(MANY.withInstances(1).withDegrade(LockSettings.Degrade.REFUSE), false, true))
                .isPresent();
    }
}
