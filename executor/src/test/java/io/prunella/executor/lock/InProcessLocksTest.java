package io.prunella.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InProcessLocksTest extends LockServiceSuite {
    private final LockService locks = Locks.inProcess(FencingToken.NONE);

    @Override
    LockService first() {
        return locks;
    }

    @Override
    LockService second() {
        return locks;
    }

    @Test
    void tokensGrowBeyondWhatTheJournalKnows() {
        var before = granted(locks.claim(request("e1", "node/a"))).token();
        var restarted = Locks.inProcess(before);
        assertThat(granted(restarted.claim(request("e1", "node/a"))).token()).isGreaterThan(before);
    }
}
