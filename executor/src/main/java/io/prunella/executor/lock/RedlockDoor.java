package io.prunella.executor.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fast door before etcd: Redlock over independent Redis servers. It keeps instances from crowding one target and
 * says at once who is inside; it is contention control and holds no claim, except for degraded ones. Thread-safe.
 *
 * <p>
 * Of Redisson it uses the clients, not the locks: {@code RedissonMultiLock} knows no ancestors and no holder, asks one
 * node after the other, cannot tell a held lock from dead nodes (and so waits for them), and hides whether extending
 * reached a quorum. The scripts beside this class do each of these steps in one call that is atomic on its node.
 */
final class RedlockDoor implements AutoCloseable {
    private static final String PASS = RedisNode.script("door-pass.lua");
    private static final String EXTEND = RedisNode.script("door-extend.lua");
    private static final String FREE = RedisNode.script("door-free.lua");
    private static final String RAISE = RedisNode.script("token-raise.lua");

    sealed interface Answer {
        record Passed(Pass pass) implements Answer {}

        record Held(ClaimHolder by) implements Answer {}

        record NoQuorum(String cause) implements Answer {}
    }

    private final List<RedisNode> nodes;
    private final Duration ttl;
    private final Duration timeout;
    private final int retries;
    private final String born;
    private final AtomicLong passes = new AtomicLong();

    /**
     * @param born tells the passes of this instance from those of its earlier lives, e.g. the time of its start
     */
    RedlockDoor(LockSettings settings, Callers callers, String born) {
        this.nodes = settings.redis().stream().map(a -> new RedisNode(a, settings.doorTimeout(), callers)).toList();
        this.ttl = settings.doorTtl();
        this.timeout = settings.doorTimeout();
        this.retries = settings.doorRetries();
        this.born = born;
    }

    /**
     * Tries to pass, again after a short while if the vote was split; refuses at once if a majority is dead or names one
     * holder.
     */
    Answer ask(ClaimRequest request) {
        Quorum.Vote vote;
        for (int attempt = 0;; attempt++) {
            var pass = new Pass(request);
            vote = pass.vote(PASS).join();
            if (vote.carried()) {
                return new Answer.Passed(pass);
            }
            // The next attempt need not wait for it: it is another pass.
            var _ = pass.vote(FREE);
            if (vote.impossible()) {
                return new Answer.NoQuorum(silence(vote));
            }
            if (attempt == retries || ofOneMind(vote)) {
                break;
            }
            // Contenders must not come back in step.
            long pause = 50L * (attempt + 1) + Math.floorMod((request.traceId() + attempt).hashCode(), 100);
            new CompletableFuture<>().completeOnTimeout("", pause, TimeUnit.MILLISECONDS).join();
        }
        return vote.no().isEmpty()
                ? new Answer.NoQuorum(silence(vote))
                : new Answer.Held(HolderJson.read(request.target(), vote.no().getFirst()));
    }

    private static boolean ofOneMind(Quorum.Vote vote) {
        return vote.no().stream()
                .anyMatch(holder -> vote.no().stream().filter(holder::equals).count() >= vote.needed());
    }

    private String silence(Quorum.Vote vote) {
        return vote.silent().size() + " of " + vote.nodes() + " servers of `locks.redis` do not answer, "
                + vote.needed() + " are needed: " + String.join(", ", vote.silent());
    }

    /** A token newer than all that this door knows of and than {@code floor}; empty without a quorum. */
    Optional<FencingToken> nextToken(FencingToken floor) {
        var vote = raise(floor, 1).join();
        if (!vote.carried()) {
            return Optional.empty();
        }
        var token = new FencingToken(vote.yes().stream().mapToLong(Long::parseLong).max().orElseThrow());
        // Invariant: a token is given out only when a quorum knows it, so that the next quorum includes one that does.
        return raise(token, 0).join().carried() ? Optional.of(token) : Optional.empty();
    }

    /** Lets the nodes know of a token that etcd gave out, without waiting. */
    void remember(FencingToken token) {
        var _ = raise(token, 0);
    }

    private CompletableFuture<Quorum.Vote> raise(FencingToken token, int step) {
        var arguments = List.of(Long.toString(token.value()), Integer.toString(step));
        return Quorum.vote(nodes,
                nodes.stream().map(n -> n.run(RAISE, List.of("prunella:token"), arguments, timeout)).toList(),
                _ -> true);
    }

    List<NodeAnswer> ping() {
        return nodes.stream().map(RedisNode::ping).toList().stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        nodes.forEach(RedisNode::close);
    }

    /** What lets one claim be inside. */
    final class Pass {
        private final List<String> keys;
        private final String value;

        private Pass(ClaimRequest request) {
            var all = new ArrayList<String>();
            all.add(request.target());
            all.addAll(request.ancestors());
            this.keys = all.stream().flatMap(e -> List.of("prunella:door:" + e, "prunella:below:" + e).stream())
                    .toList();
            this.value = HolderJson.pass(request.holder(), born + "-" + passes.incrementAndGet());
        }

        /** Extends it on all nodes: {@code OURS} if on a quorum, {@code GONE} if a quorum has forgotten it. */
        CompletableFuture<Standing> extend() {
            return vote(EXTEND)
                    .thenApply(v -> v.carried() ? Standing.OURS : v.rejected() ? Standing.GONE : Standing.SILENT);
        }

        /**
         * Passes again where nodes have forgotten it, e.g. after a restart; only for a claim that etcd has just
         * confirmed, for else somebody may have been in between.
         */
        void retake() {
            var _ = vote(PASS);
        }

        void free() {
            vote(FREE).join();
        }

        private CompletableFuture<Quorum.Vote> vote(String script) {
            var arguments = List.of(value, Long.toString(ttl.toMillis()));
            return Quorum.vote(nodes, nodes.stream().map(n -> n.run(script, keys, arguments, timeout)).toList(),
                    "passed"::equals);
        }
    }
}
