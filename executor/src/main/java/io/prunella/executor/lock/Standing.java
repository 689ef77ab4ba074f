package io.prunella.executor.lock;

/** What a store says of a claim that it granted. */
enum Standing {
    OURS, GONE,
    /** It did not answer in time, or not enough of it did. */
    SILENT
}
