package io.prunella.executor.run;

/** What a heal has under way and can be stopped in the middle. */
interface Stoppable {

    /** Somebody wants the heal stopped. */
    void cancel();

    /** Stops whatever runs, without a word to anybody. */
    void abandon();
}
