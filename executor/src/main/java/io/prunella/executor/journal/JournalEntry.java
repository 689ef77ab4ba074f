package io.prunella.executor.journal;

/**
 * One row of the journal.
 *
 * @param actionId of the attempt that it is about, 16 hex digits; empty for rows about the heal or a step as a whole
 * @param at epoch milliseconds, of the executor's clock
 */
public record JournalEntry(String traceId, String actionId, long at, Fact fact) {}
