package io.prunella.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every lock service must do, seen by two executors that share the targets. */
abstract class LockServiceSuite {

    /** The service as the first executor sees it. */
    abstract LockService first();

    /** The service as the second executor sees it; the same one where claims hold in one process. */
    abstract LockService second();

    static ClaimRequest request(String executor, String target, String... ancestors) {
        return new ClaimRequest(target, List.of(ancestors), "trace-" + executor, "reboot_pinned", executor, "sha256:ab",
                false);
    }

    static Lease granted(LockAnswer answer) {
        assertThat(answer).isInstanceOf(LockAnswer.Granted.class);
        return ((LockAnswer.Granted) answer).lease();
    }

    static ClaimHolder holder(LockAnswer answer) {
        assertThat(answer).isInstanceOf(LockAnswer.Held.class);
        return ((LockAnswer.Held) answer).by();
    }

    @Test
    void grantsAFreeTarget() {
        var lease = granted(first().claim(request("e1", "node/free")));
        assertThat(lease.target()).isEqualTo("node/free");
        assertThat(lease.valid()).isTrue();
        assertThat(lease.degraded()).isEmpty();
        assertThat(lease.token()).isGreaterThan(FencingToken.NONE);
        lease.release();
    }

    @Test
    void tellsTheLoserWhoHolds() {
        var lease = granted(first().claim(request("e1", "node/held")));
        assertThat(holder(second().claim(request("e2", "node/held"))))
                .isEqualTo(new ClaimHolder("node/held", "trace-e1", "reboot_pinned", "e1", "sha256:ab"));
        assertThat(holder(first().claim(request("e1", "node/held"))).traceId()).isEqualTo("trace-e1");
        lease.release();
    }

    @Test
    void givesAReleasedTargetToTheNextWithANewerToken() {
        var tokens = new ArrayList<FencingToken>();
        for (int i = 0; i < 3; i++) {
            for (var service : List.of(first(), second())) {
                var lease = granted(service.claim(request("e" + i, "node/turns")));
                tokens.add(lease.token());
                lease.release();
            }
        }
        assertThat(tokens).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void excludesDescendantsOfAClaim() {
        var lease = granted(first().claim(request("e1", "rack/r1", "row/a1")));
        assertThat(holder(second().claim(request("e2", "node/n1", "rack/r1", "row/a1"))))
                .isEqualTo(new ClaimHolder("rack/r1", "trace-e1", "reboot_pinned", "e1", "sha256:ab"));
        lease.release();
        granted(second().claim(request("e2", "node/n1", "rack/r1", "row/a1"))).release();
    }

    @Test
    void refusesAnAncestorWhileADescendantIsClaimed() {
        var lease = granted(first().claim(request("e1", "node/n2", "rack/r2", "row/a2")));
        var other = granted(second().claim(request("e2", "node/n3", "rack/r2", "row/a2")));
        assertThat(holder(second().claim(request("e2", "row/a2"))).target()).isIn("node/n2", "node/n3");
        other.release();
        assertThat(holder(second().claim(request("e2", "rack/r2", "row/a2"))).target()).isEqualTo("node/n2");
        lease.release();
        granted(second().claim(request("e2", "rack/r2", "row/a2"))).release();
    }

    @Test
    void letsSiblingsAndStrangersBe() {
        var claims = List.of(granted(first().claim(request("e1", "node/s1", "rack/s"))),
                granted(second().claim(request("e2", "node/s2", "rack/s"))),
                granted(second().claim(request("e2", "node/s", "rack/other"))));
        assertThat(claims).allMatch(Lease::valid);
        claims.forEach(Lease::release);
    }

    @Test
    void aReleasedLeaseIsInvalidAndItsSecondReleaseHurtsNobody() {
        var old = granted(first().claim(request("e1", "node/again")));
        old.release();
        var next = granted(second().claim(request("e2", "node/again")));
        old.release();
        assertThat(old.valid()).isFalse();
        assertThat(next.valid()).isTrue();
        assertThat(holder(first().claim(request("e1", "node/again"))).executor()).isEqualTo("e2");
        next.release();
    }

    @Test
    void namesOfTargetsAreOnlyNames() {
        var names = List.of("node/a/b", "node/a", "a b'\"$(id)", "node%2Fa", "node/ü*?", "..", "*");
        var claims = names.stream().map(n -> granted(first().claim(request("e1", n, "site/" + n)))).toList();
        for (String name : names) {
            assertThat(holder(second().claim(request("e2", name))).target()).isEqualTo(name);
            assertThat(holder(second().claim(request("e2", "site/" + name))).target()).isEqualTo(name);
        }
        claims.forEach(Lease::release);
    }

    @Test
    void oneOfManyRivalsWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            var target = "node/race" + round;
            var answers = atOnce(List.of(() -> first().claim(request("e1", target)),
                    () -> second().claim(request("e2", target)), () -> first().claim(request("e1", target)),
                    () -> second().claim(request("e2", target))));
            assertThat(answers.stream().filter(LockAnswer.Granted.class::isInstance)).hasSize(1);
            answers.stream().filter(LockAnswer.Granted.class::isInstance).forEach(a -> granted(a).release());
        }
    }

    @Test
    void ancestorAndDescendantAreNeverClaimedTogether() throws Exception {
        for (int round = 0; round < 10; round++) {
            var rack = "rack/race" + round;
            var answers = atOnce(List.of(() -> first().claim(request("e1", rack, "row/race")),
                    () -> second().claim(request("e2", "node/race", rack, "row/race"))));
            var won = answers.stream().filter(LockAnswer.Granted.class::isInstance).toList();
            assertThat(won).hasSizeLessThan(2);
            won.forEach(a -> granted(a).release());
        }
    }

    private static List<LockAnswer> atOnce(List<Callable<LockAnswer>> claims)
            throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(claims.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<LockAnswer>();
            for (Future<LockAnswer> answer : threads.invokeAll(claims.stream().<Callable<LockAnswer>>map(c -> () -> {
                start.await();
                return c.call();
            }).toList())) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
