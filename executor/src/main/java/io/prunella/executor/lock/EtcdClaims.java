package io.prunella.executor.lock;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Claims held by etcd leases. Thread-safe.
 *
 * <p>
 * For a target T with ancestors A, under {@code /prunella/locks/}:
 * <ul>
 * <li>{@code claim/T} and, for each A, {@code below/A/T} hold the holder's JSON and vanish with the lease;
 * <li>{@code mark/A} is overwritten by every claim below A and never deleted.
 * </ul>
 * A claim first reads, in one transaction, {@code claim/T}, every {@code claim/A}, one of {@code below/T/} and
 * {@code mark/T}. If nothing is there, it commits: <em>if</em> no {@code claim/T} and no {@code claim/A} exists and
 * {@code mark/T} has the revision that was read, <em>then</em> put all its keys.
 *
 * <p>
 * Why that is safe: etcd orders transactions. Take a claim on T and one on a descendant D, whichever commits second.
 * If D is second, it compares {@code claim/T}, which exists. If T is second and D committed before T's read, T has seen
 * {@code below/T/D}; if D committed after T's read, {@code mark/T} has changed and T's commit fails. Marks are never
 * deleted, so a changed mark cannot look unchanged.
 */
final class EtcdClaims implements AutoCloseable {
    // A claim on an ancestor of a busy fleet may find the mark moved every time; then it has lost to those below it.
    private static final int ROUNDS = 8;

    sealed interface Answer {
        record Granted(EtcdLease lease) implements Answer {}

        record Held(ClaimHolder by) implements Answer {}

        record Silent(String cause) implements Answer {}
    }

    private final EtcdConnection etcd;
    private final Duration ttl;

    EtcdClaims(EtcdConnection etcd, Duration ttl) {
        this.etcd = etcd;
        this.ttl = ttl;
    }

    Answer claim(ClaimRequest request) {
        long leaseId = 0;
        try {
            var seen = look(request);
            var holder = seen.inTheWay();
            if (holder.isPresent()) {
                return new Answer.Held(holder.get());
            }
            leaseId = etcd.call(c -> c.getLeaseClient().grant(ttl.toSeconds())).join().getID();
            for (int round = 0; round < ROUNDS; round++) {
                var answer = commit(request, leaseId, seen);
                if (answer.isSucceeded()) {
                    return new Answer.Granted(
                            new EtcdLease(leaseId, key("claim", request.target()), answer.getHeader().getRevision()));
                }
                seen = Seen.of(request, answer.getGetResponses());
                holder = seen.inTheWay();
                if (holder.isPresent()) {
                    break;
                }
            }
            revoke(leaseId).join();
            return new Answer.Held(holder.or(seen::lastBelow).orElseThrow());
        } catch (CompletionException e) {
            if (leaseId != 0) {
                // The commit may have run; without its lease it does not last.
                var _ = revoke(leaseId);
            }
            return new Answer.Silent("etcd cannot grant the claim: " + Causes.of(e));
        }
    }

    private Seen look(ClaimRequest request) {
        return Seen.of(request, etcd
                .call(c -> c.getKVClient().txn().Then(Seen.questions(request)).commit()).join().getGetResponses());
    }

    private TxnResponse commit(ClaimRequest request, long leaseId, Seen seen) {
        var conditions = new ArrayList<Cmp>();
        conditions.add(absent(key("claim", request.target())));
        request.ancestors().forEach(a -> conditions.add(absent(key("claim", a))));
        conditions
                .add(new Cmp(key("mark", request.target()), Cmp.Op.EQUAL, CmpTarget.modRevision(seen.markRevision())));

        var value = bytes(HolderJson.value(request.holder()));
        var leased = PutOption.builder().withLeaseId(leaseId).build();
        var puts = new ArrayList<Op>();
        puts.add(Op.put(key("claim", request.target()), value, leased));
        for (String ancestor : request.ancestors()) {
            puts.add(Op.put(below(ancestor, request.target()), value, leased));
            puts.add(Op.put(key("mark", ancestor), bytes(HolderJson.pass(request.holder(), "")), PutOption.DEFAULT));
        }
        return etcd.call(c -> {
            Txn txn = c.getKVClient().txn();
            return txn.If(conditions.toArray(Cmp[]::new)).Then(puts.toArray(Op[]::new)).Else(Seen.questions(request))
                    .commit();
        }).join();
    }

    private static Cmp absent(ByteSequence key) {
        return new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0));
    }

    private CompletableFuture<Boolean> revoke(long leaseId) {
        return etcd.call(c -> c.getLeaseClient().revoke(leaseId)).handle((_, failure) -> failure == null);
    }

    @Override
    public void close() {
        etcd.close();
    }

    private static ByteSequence key(String kind, String entity) {
        return bytes("/prunella/locks/" + kind + "/" + segment(entity));
    }

    private static ByteSequence below(String ancestor, String entity) {
        return bytes("/prunella/locks/below/" + segment(ancestor) + "/" + segment(entity));
    }

    // No entity's name may reach into the part of another.
    private static String segment(String entity) {
        return entity.replace("%", "%25").replace("/", "%2F");
    }

    private static String entity(String segment) {
        return segment.replace("%2F", "/").replace("%25", "%");
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    /** What etcd held at one instant of all that matters to one request. */
    private record Seen(Optional<ClaimHolder> inTheWay, Optional<ClaimHolder> lastBelow, long markRevision) {

        static Op[] questions(ClaimRequest request) {
            var questions = new ArrayList<Op>();
            questions.add(Op.get(key("mark", request.target()), GetOption.DEFAULT));
            questions.add(Op.get(key("claim", request.target()), GetOption.DEFAULT));
            request.ancestors().forEach(a -> questions.add(Op.get(key("claim", a), GetOption.DEFAULT)));
            questions.add(Op.get(below(request.target(), ""), GetOption.builder().isPrefix(true).withLimit(1).build()));
            return questions.toArray(Op[]::new);
        }

        static Seen of(ClaimRequest request, List<GetResponse> answers) {
            var mark = answers.getFirst().getKvs().stream().findFirst();
            var claims = answers.stream().skip(1).flatMap(a -> a.getKvs().stream());
            return new Seen(claims.findFirst().map(Seen::holder), mark.map(m -> HolderJson.read(request.target(),
                    m.getValue().toString(StandardCharsets.UTF_8))), mark.map(KeyValue::getModRevision).orElse(0L));
        }

        private static ClaimHolder holder(KeyValue claim) {
            var path = claim.getKey().toString(StandardCharsets.UTF_8);
            return HolderJson.read(entity(path.substring(path.lastIndexOf('/') + 1)),
                    claim.getValue().toString(StandardCharsets.UTF_8));
        }
    }

    /** A claim that etcd granted. */
    final class EtcdLease {
        private final long id;
        private final ByteSequence claim;
        private final long revision;

        private EtcdLease(long id, ByteSequence claim, long revision) {
            this.id = id;
            this.claim = claim;
            this.revision = revision;
        }

        FencingToken token() {
            return FencingToken.ofRevision(revision);
        }

        /** Keeps the lease alive for another time to live, and looks whether the claim is still there. */
        CompletableFuture<Standing> renew() {
            return etcd.call(c -> c.getLeaseClient().keepAliveOnce(id)).handle((_, failure) -> standing(failure))
                    .thenCompose(s -> s == Standing.OURS ? check() : CompletableFuture.completedFuture(s));
        }

        /** Looks, through the leader, whether the claim is still there, ours and never was another's. */
        CompletableFuture<Standing> check() {
            return etcd.call(c -> c.getKVClient().get(claim)).handle((answer, failure) -> {
                if (failure != null) {
                    return standing(failure);
                }
                return answer.getKvs().stream().anyMatch(kv -> kv.getLease() == id && kv.getModRevision() == revision)
                        ? Standing.OURS
                        : Standing.GONE;
            });
        }

        void revoke() {
            EtcdClaims.this.revoke(id).join();
        }

        private static Standing standing(@Nullable Throwable failure) {
            if (failure == null) {
                return Standing.OURS;
            }
            return EtcdConnection.isNotFound(failure) ? Standing.GONE : Standing.SILENT;
        }
    }
}
