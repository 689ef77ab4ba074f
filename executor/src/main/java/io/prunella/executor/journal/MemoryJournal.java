package io.prunella.executor.journal;

import io.prunella.executor.lock.FencingToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A journal that is gone with its process: for dry runs, simulations and tests. Thread-safe. */
public final class MemoryJournal implements Journal {
    private final Map<String, List<JournalEntry>> entries = new LinkedHashMap<>();

    @Override
    public synchronized void append(JournalEntry entry) {
        entries.computeIfAbsent(entry.traceId(), _ -> new ArrayList<>()).add(entry);
    }

    @Override
    public synchronized List<HealHistory> unfinished() {
        return histories().stream().filter(history -> history.ended().isEmpty()).toList();
    }

    @Override
    public synchronized Optional<HealHistory> find(String traceId) {
        return HealHistory.of(entries.getOrDefault(traceId, List.of()));
    }

    @Override
    public synchronized List<HealHistory> latest(int most) {
        return histories().reversed().stream().limit(most).toList();
    }

    @Override
    public synchronized FencingToken newestToken() {
        return entries.values().stream().flatMap(List::stream)
                .map(entry -> entry.fact() instanceof Fact.Claimed claimed
                        ? new FencingToken(claimed.token())
                        : FencingToken.NONE)
                .max(FencingToken::compareTo).orElse(FencingToken.NONE);
    }

    private List<HealHistory> histories() {
        return entries.values().stream().flatMap(rows -> HealHistory.of(rows).stream()).toList();
    }

    @Override
    public void close() {}
}
