package io.prunella.executor.journal;

import io.prunella.plan.HealOrder;
import java.util.List;
import java.util.Optional;

/** Everything that the journal knows of one heal, oldest first. */
public record HealHistory(HealOrder order, List<JournalEntry> entries) {
    public HealHistory {
        entries = List.copyOf(entries);
    }

    /** Empty where the first row is no submission. */
    static Optional<HealHistory> of(List<JournalEntry> entries) {
        return entries.isEmpty() || !(entries.getFirst().fact() instanceof Fact.Submitted submitted)
                ? Optional.empty()
                : Optional.of(new HealHistory(submitted.order(), entries));
    }

    /** How it ended, if it has. */
    public Optional<Fact.Ended> ended() {
        return entries.isEmpty() || !(entries.getLast().fact() instanceof Fact.Ended end)
                ? Optional.empty()
                : Optional.of(end);
    }
}
