package io.prunella.executor.journal;

import io.prunella.plan.HealOrder;
import java.util.List;
import java.util.Optional;

/** Everything that the journal knows of one heal, oldest first. */
public record HealHistory(HealOrder order, List<JournalEntry> entries) {
    public HealHistory {
        entries = List.copyOf(entries);
    }

    /** How it ended, if it has. */
    public Optional<Fact.Ended> ended() {
        return entries.isEmpty() || !(entries.getLast().fact() instanceof Fact.Ended end)
                ? Optional.empty()
                : Optional.of(end);
    }
}
