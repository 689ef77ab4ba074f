package io.prunella.executor.lock;

import java.util.List;

/**
 * What a plan asks for before it acts.
 *
 * @param target the entity to be acted upon, e.g. {@code node/web-1}
 * @param ancestors entities above the target in the topology, nearest first, the target left out
 * @param executor id of the executor that asks
 * @param destructive whether any action of the plan destroys; such a claim is never degraded to the local lock
 */
public record ClaimRequest(String target, List<String> ancestors, String traceId, String rule, String executor,
        String planDigest, boolean destructive) {

    public ClaimRequest {
        ancestors = ancestors.stream().distinct().toList();
        if (target.isEmpty() || ancestors.contains(target)) {
            throw new IllegalArgumentException("target `" + target + "` is empty or its own ancestor");
        }
    }

    ClaimHolder holder() {
        return new ClaimHolder(target, traceId, rule, executor, planDigest);
    }
}
