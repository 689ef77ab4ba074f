package io.prunella.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockSettingsTest {
    private static final List<String> ETCD = List.of("http://e:2379");

    @Test
    void theDefaultsAreTheContract() {
        var settings = LockSettings.distributed(List.of("redis://a:1", "redis://b:1", "redis://c:1"), ETCD);
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.doorTtl()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.doorRetries()).isEqualTo(2);
        assertThat(settings.leaseTtl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.degrade()).isEqualTo(LockSettings.Degrade.LOCAL);
        assertThat(LockSettings.inProcess().problems()).isEmpty();
    }

    @Test
    void everyProblemIsSaidAtOnceAndNoPassword() {
        var settings = new LockSettings(List.of("redis://u:secret@a", "nonsense here", "redis://b:1", "redis://b:1"),
                List.of("tcp://e:1"), LockSettings.Degrade.LOCAL, 0, Duration.ofMillis(500), -1, Duration.ofMillis(300),
                Duration.ofMillis(2500), Duration.ofSeconds(3));
        assertThat(settings.problems()).containsExactly(
                "`locks.redis` holds an address that lacks host or port: `redis://a`",
                "`locks.redis` holds an address that is no URL: `nonsense here`",
                "`locks.redis` names `redis://b:1` twice",
                "`locks.etcd` holds an address that does not begin with `http://`: `tcp://e:1`",
                "`locks.redis` names 4 servers, it takes an odd number of at least 3",
                "`locks.instances` is 0, the least is 1", "`locks.door_retries` is negative",
                "`locks.lease_ttl` takes whole seconds, at least 2",
                "`locks.door_ttl` must be at least three times `locks.door_timeout`",
                "`locks.etcd_timeout` must be positive and not longer than `locks.lease_ttl`");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void hostAndPortAreEnough() {
        var settings = LockSettings.distributed(List.of("a:1", "redis://b:1", "c:1"), List.of("e:2379"));
        assertThat(settings.redis()).containsExactly("redis://a:1", "redis://b:1", "redis://c:1");
        assertThat(settings.etcd()).isEqualTo(ETCD);
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void redisAloneHoldsNoClaim() {
        assertThat(LockSettings.distributed(List.of("redis://a:1", "redis://b:1", "redis://c:1"), List.of()).problems())
                .containsExactly("`locks.redis` is set without `locks.etcd`, but only an etcd lease holds a claim",
                        "`locks.instances` is 2, but without `locks.etcd` claims hold in one process");
    }
}
