package io.prunella.executor.lock;

/** What became of a request for a claim, so that a loser can say more than "no". */
public sealed interface LockAnswer {

    /** The target is claimed until {@link Lease#release()}. */
    record Granted(Lease lease) implements LockAnswer {}

    /** Somebody else holds the target, one of its ancestors or one of its descendants ({@link ClaimHolder#target()}). */
    record Held(ClaimHolder by) implements LockAnswer {}

    /**
     * Nobody can say whether the target is free, so it is not claimed.
     *
     * @param cause in the user's terms, e.g. which nodes do not answer
     */
    record Unavailable(String cause) implements LockAnswer {}
}
