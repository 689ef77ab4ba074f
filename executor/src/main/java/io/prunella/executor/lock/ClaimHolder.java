package io.prunella.executor.lock;

/**
 * Who holds a claim, as the loser of a claim shows it to the SRE.
 *
 * @param target what is claimed: the loser's target, an ancestor or a descendant of it
 * @param executor id of the executor that acts
 */
public record ClaimHolder(String target, String traceId, String rule, String executor, String planDigest) {

    /** One clause for messages, e.g. {@code `rack/r3` is claimed by rule `cool_rack` on `exec-2` (trace `4bf9…`)}. */
    public String describe() {
        return "`" + target + "` is claimed by rule `" + rule + "` on `" + executor + "` (trace `" + traceId + "`)";
    }
}
