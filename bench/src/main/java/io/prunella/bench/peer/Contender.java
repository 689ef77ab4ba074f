package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Workload;

/** A peer that can be started on a workload; found as a service, so that those never shipped live elsewhere. */
public interface Contender {

    /** As the table calls it; no spaces. */
    String name();

    /** What it is, in half a sentence. */
    String describe();

    /** Whether it can express the workload. */
    boolean takes(Workload workload);

    /** With more rules it takes too long to start to be measured here. */
    default int mostRules() {
        return Integer.MAX_VALUE;
    }

    /**
     * Builds its rules and takes its first breath; nothing is timed yet.
     *
     * @param entities how many there will be, from 0
     * @param firings told of every firing
     */
    Run start(Rules rules, int entities, Firings firings);
}
