package io.prunella.compiler.drools;

/** One thing that a proposal needs to be free: its target, its target's cooldown, a place in a limit. */
public final class Demand extends Fact {
    /** The room of something of which there is only one. */
    public static final long UNCOUNTED = 0;

    private final Proposal proposal;
    private final Need need;
    private final int number;
    private final long ts;

    /**
     * What is needed.
     *
     * @param kind what is said when it is not free
     * @param key what {@link Hold} or {@link Budget} has to have to stand in the way
     * @param room how many may count at once, or {@link #UNCOUNTED}
     * @param says what it is, for people
     */
    public record Need(Refusal kind, String key, long room, String says) {}

    /**
     * One of a proposal's.
     *
     * @param number its place among the proposal's demands
     * @param ts the instant of the decision, epoch milliseconds
     */
    public Demand(Proposal proposal, Need need, int number, long ts) {
        this.proposal = proposal;
        this.need = need;
        this.number = number;
        this.ts = ts;
    }

    public Proposal getProposal() {
        return proposal;
    }

    public Refusal getKind() {
        return need.kind();
    }

    public String getKey() {
        return need.key();
    }

    public long getTs() {
        return ts;
    }

    /** Whether it is a place among so many, and not one thing that is free or taken. */
    public boolean isCounted() {
        return need.room() != UNCOUNTED;
    }

    public long getRoom() {
        return need.room();
    }

    public String getSays() {
        return need.says();
    }

    boolean comesBefore(Demand other) {
        int kinds = need.kind().compareTo(other.need.kind());
        return kinds < 0 || (kinds == 0 && number < other.number);
    }
}
