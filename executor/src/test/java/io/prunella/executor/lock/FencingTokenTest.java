package io.prunella.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FencingTokenTest {

    @Test
    void aClaimWithoutEtcdIsNewerThanTheLastRevisionAndOlderThanTheNext() {
        var granted = FencingToken.ofRevision(4711);
        assertThat(granted.next()).isGreaterThan(granted);
        assertThat(granted.next().next()).isLessThan(FencingToken.ofRevision(4712));
    }

    @Test
    void readsAsTheRevision() {
        assertThat(FencingToken.ofRevision(4711)).hasToString("4711");
        assertThat(FencingToken.ofRevision(4711).next().next()).hasToString("4711+2");
        assertThat(FencingToken.ofRevision(4711).next().revision()).isEqualTo(4711);
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new FencingToken(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
