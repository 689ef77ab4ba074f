package io.prunella.compiler.drools;

/** One thing that a proposal needs to be free: its target, its target's cooldown, a place in a limit. */
public final class Demand {
    private final Proposal proposal;
    private final Refusal kind;
    private final String key;
    private final long ts;
    private final long room;

    /**
     * @param kind what it is refused with when it is not free
     * @param key what {@link Hold} or {@link Budget} of the same kind has to have to stand in the way
     * @param ts the instant of the decision, epoch milliseconds
     * @param room of a limit: how many may count at once
     */
    public Demand(Proposal proposal, Refusal kind, String key, long ts, long room) {
        this.proposal = proposal;
        this.kind = kind;
        this.key = key;
        this.ts = ts;
        this.room = room;
    }

    public Proposal getProposal() {
        return proposal;
    }

    public Refusal getKind() {
        return kind;
    }

    public String getKey() {
        return key;
    }

    public long getTs() {
        return ts;
    }

    public long getRoom() {
        return room;
    }
}
