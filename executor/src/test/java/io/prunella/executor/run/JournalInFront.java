package io.prunella.executor.run;

import io.prunella.executor.journal.HealHistory;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.lock.FencingToken;
import java.util.List;
import java.util.Optional;

/** Stands in front of a journal and passes everything on but the writes, which are what a test wants to spoil. */
abstract class JournalInFront implements Journal {
    final Journal journal;

    JournalInFront(Journal journal) {
        this.journal = journal;
    }

    @Override
    public List<HealHistory> unfinished() throws JournalFailure {
        return journal.unfinished();
    }

    @Override
    public Optional<HealHistory> find(String traceId) throws JournalFailure {
        return journal.find(traceId);
    }

    @Override
    public List<HealHistory> latest(int most) throws JournalFailure {
        return journal.latest(most);
    }

    @Override
    public FencingToken newestToken() throws JournalFailure {
        return journal.newestToken();
    }

    @Override
    public void close() {
        journal.close();
    }
}
