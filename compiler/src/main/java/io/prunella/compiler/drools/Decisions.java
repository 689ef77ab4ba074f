package io.prunella.compiler.drools;

/** What the rules of the decision call: the session's only way out. */
public interface Decisions {

    /** A user's rule wants to fire. */
    void propose(Candidate candidate);

    /** Everything that may stand in the way had its say. */
    void conclude(Proposal proposal);
}
