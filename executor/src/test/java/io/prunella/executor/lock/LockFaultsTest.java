package io.prunella.executor.lock;

import static io.prunella.executor.lock.LockServiceSuite.granted;
import static io.prunella.executor.lock.LockServiceSuite.holder;
import static io.prunella.executor.lock.LockServiceSuite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.prunella.executor.lock.LockSettings.Degrade;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers die, freeze and come back while claims are asked for and held. */
class LockFaultsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration DOOR = Duration.ofMillis(1500);
    private static final Duration LEASE = Duration.ofSeconds(3);

    @TempDir
    Path folder;
    private RealServers servers;
    private List<RealServers.Server> redis;
    private RealServers.Server etcd;
    private LockSettings settings;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor();
    private final List<LockService> open = new ArrayList<>();

    @BeforeEach
    void start() {
        servers = new RealServers(folder);
        redis = servers.redis(5);
        etcd = servers.etcd();
        settings = LockSettings
                .distributed(redis.stream().map(RealServers.Server::url).toList(), List.of(etcd.url()))
                .withTtls(DOOR, LEASE);
    }

    @AfterEach
    void stop() {
        open.forEach(LockService::close);
        renewals.shutdownNow();
        servers.close();
    }

    private LockService instance(LockSettings with) {
        var locks = Locks.open(with, FencingToken.NONE, CLOCK, renewals);
        open.add(locks);
        return locks;
    }

    private static ClaimRequest destructive(ClaimRequest r) {
        return new ClaimRequest(r.target(), r.ancestors(), r.traceId(), r.rule(), r.executor(), r.planDigest(), true);
    }

    private static String unavailable(LockAnswer answer) {
        assertThat(answer).isInstanceOf(LockAnswer.Unavailable.class);
        return ((LockAnswer.Unavailable) answer).cause();
    }

    private static Duration taken(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void withTwoRedisDeadItWorksAndWithThreeItRefusesQuicklyUntilTheyAreBack() {
        var first = instance(settings);
        var second = instance(settings);
        redis.subList(0, 2).forEach(RealServers.Server::kill);
        var lease = granted(first.claim(request("e1", "node/a", "rack/r")));
        assertThat(holder(second.claim(request("e2", "rack/r"))).executor()).isEqualTo("e1");

        redis.get(2).kill();
        assertThat(lease.valid()).as("etcd holds the claim, not the door").isTrue();
        assertThat(lease.degraded()).isEmpty();
        assertThat(taken(() -> assertThat(unavailable(second.claim(request("e2", "node/b"))))
                .startsWith("3 of 5 servers of `locks.redis` do not answer, 3 are needed: ")
                .contains(redis.getFirst().url()))).isLessThan(Duration.ofSeconds(1));

        redis.get(2).restart();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> granted(second.claim(request("e2", "node/b"))));
    }

    @Test
    void frozenRedisCostsTheirTimeOutOnce() {
        var first = instance(settings);
        granted(first.claim(request("e1", "node/warm"))).release();
        redis.subList(0, 2).forEach(RealServers.Server::freeze);
        assertThat(taken(() -> granted(first.claim(request("e1", "node/a"))))).isLessThan(Duration.ofSeconds(1));
        redis.get(2).freeze();
        assertThat(taken(() -> unavailable(first.claim(request("e1", "node/b"))))).isLessThan(Duration.ofSeconds(1));
        redis.subList(0, 3).forEach(RealServers.Server::thaw);
    }

    @Test
    void aClaimOutlivesItsTimeToLiveWhileHeldAndEndsWithItsInstance() {
        var first = instance(settings);
        var second = instance(settings);
        var lease = granted(first.claim(request("e1", "node/a", "rack/r")));
        await().during(LEASE.plusSeconds(1)).atMost(LEASE.multipliedBy(4)).pollInterval(Duration.ofMillis(500))
                .until(() -> lease.valid() && second.claim(request("e2", "rack/r")) instanceof LockAnswer.Held);
        assertThat(lease.degraded()).isEmpty();

        first.close();
        open.remove(first);
        var next = new ArrayList<Lease>();
        await().atMost(LEASE.multipliedBy(3))
                .until(() -> second.claim(request("e2", "node/a")) instanceof LockAnswer.Granted(var l) && next.add(l));
        assertThat(next.getFirst().token()).isGreaterThan(lease.token());
        assertThat(lease.valid()).isFalse();
    }

    @Test
    void aStalledInstanceLosesItsClaimAndKnows() {
        var stalled = Executors.newSingleThreadScheduledExecutor();
        var locks = Locks.open(settings, FencingToken.NONE, CLOCK, stalled);
        open.add(locks);
        var lease = granted(locks.claim(request("e1", "node/a")));
        stalled.shutdownNow();
        var second = instance(settings);
        var next = new ArrayList<Lease>();
        await().atMost(LEASE.multipliedBy(3))
                .until(() -> second.claim(request("e2", "node/a")) instanceof LockAnswer.Granted(var l) && next.add(l));
        assertThat(lease.valid()).isFalse();
        assertThat(next.getFirst().token()).isGreaterThan(lease.token());
        assertThat(holder(locks.claim(request("e1", "node/a"))).executor()).as("until given back").isEqualTo("e1");
        lease.release();
        assertThat(next.getFirst().valid()).isTrue();
        assertThat(holder(locks.claim(request("e1", "node/a"))).executor()).isEqualTo("e2");
    }

    @Test
    void anEtcdOlderThanTheJournalGrantsNothing() {
        var locks = Locks.open(settings, FencingToken.ofRevision(1_000_000), CLOCK, renewals);
        open.add(locks);
        assertThat(unavailable(locks.claim(request("e1", "node/a"))))
                .contains("the journal knows the newer token 1000000;")
                .endsWith("was etcd emptied or restored from an older backup?");
        granted(instance(settings).claim(request("e2", "node/a")));
    }

    @Test
    void theDoorOfAHeldClaimIsShutAgainAfterAllRedisForgotIt() {
        granted(instance(settings).claim(request("e1", "node/a")));
        redis.forEach(RealServers.Server::kill);
        redis.forEach(RealServers.Server::restart);
        try (var callers = new Callers(); var door = new RedlockDoor(settings, callers, "test")) {
            await().atMost(Duration.ofSeconds(15)).until(() -> switch (door.ask(request("e2", "node/a"))) {
                case RedlockDoor.Answer.Held(var by) -> by.executor().equals("e1");
                case RedlockDoor.Answer.Passed(var pass) -> {
                    pass.free();
                    yield false;
                }
                case RedlockDoor.Answer.NoQuorum _ -> false;
            });
        }
    }

    @Test
    void theDoorIsExtendedWhileHeld() {
        var first = instance(settings);
        granted(first.claim(request("e1", "node/a")));
        try (var callers = new Callers(); var door = new RedlockDoor(settings, callers, "test")) {
            await().during(DOOR.plus(DOOR)).atMost(DOOR.multipliedBy(4)).pollInterval(Duration.ofMillis(200))
                    .until(() -> door.ask(request("e2", "node/a")) instanceof RedlockDoor.Answer.Held);
        }
    }

    @Test
    void aClaimThatWasTakenAwayIsInvalidForGood() throws Exception {
        var lease = granted(instance(settings).claim(request("e1", "node/a")));
        var key = ByteSequence.from("/prunella/locks/claim/node%2Fa", StandardCharsets.UTF_8);
        try (var client = Client.builder().endpoints(etcd.url()).build()) {
            var kv = client.getKVClient();
            var claim = kv.get(key).get().getKvs().getFirst();
            assertThat(claim.getValue().toString(StandardCharsets.UTF_8)).isEqualTo(
                    "{\"trace_id\":\"trace-e1\",\"rule\":\"reboot_pinned\",\"executor\":\"e1\",\"plan_digest\":\"sha256:ab\"}");
            assertThat(lease.token().revision()).isEqualTo(claim.getModRevision());
            kv.delete(key).get();
            assertThat(lease.valid()).isFalse();
            kv.put(key, claim.getValue()).get();
            assertThat(lease.valid()).isFalse();
        }
        assertThat(lease.degraded()).isEmpty();
    }

    @Test
    void whenEtcdDiesAHeldClaimIsDegradedBehindTheQuorumAndLostWithoutIt() {
        var first = instance(settings);
        var second = instance(settings);
        var lease = granted(first.claim(request("e1", "node/a", "rack/r")));
        var wipe = granted(first.claim(destructive(request("e1", "node/b", "rack/r"))));
        etcd.kill();
        assertThat(lease.valid()).isTrue();
        assertThat(lease.degraded()).hasValueSatisfying(d -> assertThat(d).contains("held by the local lock only since")
                .contains("etcd does not answer"));
        assertThat(wipe.valid()).as("destructive").isFalse();
        assertThat(holder(second.claim(request("e2", "rack/r"))).traceId()).isEqualTo("trace-e1");

        redis.subList(0, 3).forEach(RealServers.Server::kill);
        assertThat(lease.valid()).as("neither etcd nor the quorum").isFalse();
    }

    @Test
    void aDegradedClaimIsHeldByEtcdAgainIfItComesBackInTime() {
        var long30 = settings.withTtls(DOOR, Duration.ofSeconds(30));
        var lease = granted(instance(long30).claim(destructive(request("e1", "node/a"))));
        etcd.kill();
        assertThat(lease.valid()).isFalse();
        etcd.restart();
        await().atMost(Duration.ofSeconds(15)).until(lease::valid);
        assertThat(lease.degraded()).isEmpty();
    }

    @Test
    void withoutEtcdClaimsAreDegradedBehindTheQuorumWithGrowingTokens() {
        var first = instance(settings);
        var second = instance(settings);
        var before = granted(first.claim(request("e1", "node/a")));
        before.release();
        etcd.kill();

        var lease = granted(first.claim(request("e1", "node/a", "rack/r")));
        assertThat(lease.degraded()).hasValueSatisfying(d -> assertThat(d).contains("etcd cannot grant the claim"));
        assertThat(lease.valid()).isTrue();
        assertThat(holder(second.claim(request("e2", "rack/r"))))
                .isEqualTo(new ClaimHolder("node/a", "trace-e1", "reboot_pinned", "e1", "sha256:ab"));
        lease.release();
        var next = granted(second.claim(request("e2", "node/a", "rack/r")));
        assertThat(List.of(before.token(), lease.token(), next.token())).doesNotHaveDuplicates().isSorted();
        assertThat(lease.valid()).isFalse();
        next.release();

        etcd.restart();
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            var back = granted(second.claim(request("e2", "node/a", "rack/r")));
            assertThat(back.token()).isGreaterThan(next.token());
            var degraded = back.degraded();
            back.release();
            assertThat(degraded).isEmpty();
        });
    }

    @Test
    void withoutEtcdNothingDestructiveAndNothingWhenToldToRefuse() {
        var locks = instance(settings);
        etcd.kill();
        assertThat(unavailable(locks.claim(destructive(request("e1", "node/a")))))
                .startsWith("etcd cannot grant the claim: ").endsWith(
                        "; a destructive action never goes on with the local lock alone");
        assertThat(unavailable(instance(settings.withDegrade(Degrade.REFUSE)).claim(request("e1", "node/a"))))
                .endsWith("; `locks.degrade` is `refuse`");
        granted(locks.claim(request("e1", "node/a"))).release();
    }

    @Test
    void oneInstanceGoesOnWithNothingButItself() {
        var locks = instance(settings.withInstances(1));
        var before = granted(locks.claim(request("e1", "node/a")));
        redis.forEach(RealServers.Server::kill);
        assertThat(granted(locks.claim(request("e1", "node/b"))).degraded()).as("etcd is enough").isEmpty();
        etcd.kill();
        assertThat(before.valid()).isTrue();
        var alone = granted(locks.claim(request("e1", "node/c")));
        assertThat(alone.degraded()).isPresent();
        assertThat(alone.valid()).isTrue();
        assertThat(alone.token()).isGreaterThan(before.token());
        assertThat(holder(locks.claim(request("e1", "node/a"))).target()).isEqualTo("node/a");
    }

    @Test
    void aFrozenEtcdCostsItsTimeOut() {
        var locks = instance(settings.withDegrade(Degrade.REFUSE));
        granted(locks.claim(request("e1", "node/warm"))).release();
        etcd.freeze();
        assertThat(taken(() -> unavailable(locks.claim(request("e1", "node/a")))))
                .isLessThan(settings.etcdTimeout().plusSeconds(2));
        etcd.thaw();
    }

    @Test
    void etcdAloneIsEnough() {
        var alone = LockSettings.distributed(List.of(), settings.etcd());
        var lease = granted(instance(alone).claim(request("e1", "node/a", "rack/r")));
        assertThat(holder(instance(alone).claim(request("e2", "rack/r"))).target()).isEqualTo("node/a");
        etcd.kill();
        assertThat(lease.valid()).isFalse();
    }

    @Test
    void passwordsAreUsedAndNotShown() {
        var secured = servers.redis(3, "--requirepass", "s3cret").stream().map(RealServers.Server::url).toList();
        var right = LockSettings.distributed(secured.stream().map(u -> u.replace("//", "//:s3cret@")).toList(),
                settings.etcd());
        granted(instance(right).claim(request("e1", "node/a"))).release();
        assertThat(Locks.check(right, CLOCK)).allMatch(NodeAnswer::answers);

        var wrong = LockSettings.distributed(secured.stream().map(u -> u.replace("//", "//:wr0ng@")).toList(),
                settings.etcd());
        assertThat(Locks.check(wrong, CLOCK)).filteredOn(a -> a.kind().equals("redis"))
                .allSatisfy(a -> assertThat(a.detail()).containsIgnoringCase("pass").doesNotContain("wr0ng"))
                .extracting(NodeAnswer::address).containsExactlyElementsOf(secured);
        assertThat(unavailable(instance(wrong).claim(request("e1", "node/a")))).doesNotContain("wr0ng");
    }

    @Test
    void theCheckSaysWhichNodesAnswer() {
        redis.get(1).kill();
        var answers = Locks.check(settings, CLOCK);
        assertThat(answers).extracting(NodeAnswer::address).containsExactlyElementsOf(
                Stream.concat(settings.redis().stream(), settings.etcd().stream()).toList());
        assertThat(answers).extracting(NodeAnswer::answers).containsExactly(true, false, true, true, true, true);
        assertThat(answers.getLast().detail()).startsWith("version 3.");
        etcd.kill();
        assertThat(Locks.check(settings, CLOCK).getLast().answers()).isFalse();
    }
}
