package io.prunella.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.lock.EtcdClaims.Answer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ordered protocol under contention, with no door in front of it. */
class EtcdClaimsTest {

    @Test
    void ancestorAndDescendantNeverBothWin(@TempDir Path folder) throws Exception {
        try (var servers = new RealServers(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var callers = new Callers()) {
            var settings = LockSettings.distributed(List.of(), List.of(servers.etcd().url()));
            try (var claims = new EtcdClaims(new EtcdConnection(settings, InstantSource.system(), callers),
                    settings.leaseTtl())) {
                int racks = 0;
                int nodes = 0;
                for (int round = 0; round < 40; round++) {
                    var requests = List.of(LockServiceSuite.request("e1", "rack/r", "row/a"),
                            LockServiceSuite.request("e2", "node/1", "rack/r", "row/a"),
                            LockServiceSuite.request("e3", "node/2", "rack/r", "row/a"));
                    var start = new CyclicBarrier(requests.size());
                    var answers = new ArrayList<Future<Answer>>();
                    for (var request : requests) {
                        answers.add(threads.submit(() -> {
                            start.await();
                            return claims.claim(request);
                        }));
                    }
                    var won = new ArrayList<EtcdClaims.EtcdLease>();
                    for (var answer : answers) {
                        assertThat(answer.get()).isNotInstanceOf(Answer.Silent.class);
                        won(answer.get()).ifPresent(won::add);
                    }
                    boolean rack = won(answers.getFirst().get()).isPresent();
                    assertThat(won.size()).as("the rack excludes its nodes").isLessThanOrEqualTo(rack ? 1 : 2)
                            .isPositive();
                    racks += rack ? 1 : 0;
                    nodes += rack ? 0 : 1;
                    won.forEach(EtcdClaims.EtcdLease::revoke);
                }
                assertThat(racks + nodes).isEqualTo(40);
            }
        }
    }

    private static Optional<EtcdClaims.EtcdLease> won(Answer answer) {
        return answer instanceof Answer.Granted(var lease) ? Optional.of(lease) : Optional.empty();
    }
}
