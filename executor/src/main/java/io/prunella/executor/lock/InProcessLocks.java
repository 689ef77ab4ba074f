package io.prunella.executor.lock;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Claims that hold in this process: the whole lock when nothing is configured, and the first of three when something
 * is. Thread-safe; nothing blocks.
 */
final class InProcessLocks implements LockService {
    private final Map<String, LocalLease> claimed = new HashMap<>();
    // What is claimed below an entity, oldest claim first: the one that a refused claim on the entity names.
    private final Map<String, Map<String, LocalLease>> below = new HashMap<>();
    private FencingToken last;

    /**
     * @param last newest token that was ever given out, as the journal knows it, so that tokens grow across restarts
     */
    InProcessLocks(FencingToken last) {
        this.last = last;
    }

    @Override
    public synchronized LockAnswer claim(ClaimRequest request) {
        var inTheWay = inTheWay(request);
        if (inTheWay.isPresent()) {
            return new LockAnswer.Held(inTheWay.get());
        }
        last = last.next();
        var lease = new LocalLease(request, last);
        claimed.put(request.target(), lease);
        for (String ancestor : request.ancestors()) {
            below.computeIfAbsent(ancestor, _ -> new LinkedHashMap<>()).put(request.target(), lease);
        }
        return new LockAnswer.Granted(lease);
    }

    private Optional<ClaimHolder> inTheWay(ClaimRequest request) {
        var same = claimed.get(request.target());
        if (same != null) {
            return Optional.of(same.request.holder());
        }
        for (String ancestor : request.ancestors()) {
            var above = claimed.get(ancestor);
            if (above != null) {
                return Optional.of(above.request.holder());
            }
        }
        var descendants = below.get(request.target());
        return descendants == null
                ? Optional.empty()
                : descendants.values().stream().findFirst().map(lease -> lease.request.holder());
    }

    private synchronized boolean holds(LocalLease lease) {
        return claimed.get(lease.target()) == lease;
    }

    private synchronized void release(LocalLease lease) {
        if (!claimed.remove(lease.target(), lease)) {
            return;
        }
        for (String ancestor : lease.request.ancestors()) {
            below.computeIfPresent(ancestor, (_, leases) -> {
                leases.remove(lease.target());
                return leases.isEmpty() ? null : leases;
            });
        }
    }

    @Override
    public void close() {}

    private final class LocalLease implements Lease {
        private final ClaimRequest request;
        private final FencingToken token;

        LocalLease(ClaimRequest request, FencingToken token) {
            this.request = request;
            this.token = token;
        }

        @Override
        public String target() {
            return request.target();
        }

        @Override
        public FencingToken token() {
            return token;
        }

        @Override
        public boolean valid() {
            return holds(this);
        }

        @Override
        public Optional<String> degraded() {
            return Optional.empty();
        }

        @Override
        public void release() {
            InProcessLocks.this.release(this);
        }
    }
}
