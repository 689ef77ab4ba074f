package io.prunella.executor.journal;

class MemoryJournalTest extends JournalSuite {

    @Override
    Journal open() {
        return new MemoryJournal();
    }
}
