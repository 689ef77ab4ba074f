package io.prunella.executor.lock;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The value of a claim as the stores keep it, readable with {@code etcdctl} and {@code redis-cli}. */
final class HolderJson {
    private static final JsonMapper JSON = new JsonMapper();

    private HolderJson() {}

    /** {@code {"trace_id":…,"rule":…,"executor":…,"plan_digest":…}}; the key says which target. */
    static String value(ClaimHolder holder) {
        return node(holder).toString();
    }

    /** The same with the target, and with what tells this pass from every other. */
    static String pass(ClaimHolder holder, String unique) {
        return node(holder).put("target", holder.target()).put("pass", unique).toString();
    }

    private static ObjectNode node(ClaimHolder holder) {
        return JSON.createObjectNode().put("trace_id", holder.traceId()).put("rule", holder.rule())
                .put("executor", holder.executor()).put("plan_digest", holder.planDigest());
    }

    /**
     * Reads either; a value that somebody else wrote still holds the target, by an unknown holder.
     *
     * @param target if the value does not say
     */
    static ClaimHolder read(String target, String json) {
        try {
            var node = JSON.readTree(json);
            return new ClaimHolder(node.path("target").asString(target), node.path("trace_id").asString("unknown"),
                    node.path("rule").asString("unknown"), node.path("executor").asString("unknown"),
                    node.path("plan_digest").asString("unknown"));
        } catch (JacksonException _) {
            return new ClaimHolder(target, "unknown", "unknown", "unknown", "unknown");
        }
    }
}
