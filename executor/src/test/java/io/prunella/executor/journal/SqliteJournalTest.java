package io.prunella.executor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prunella.plan.HealResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalSuite {
    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("deep/er/journal.db");
    }

    @Override
    Journal open() throws JournalFailure {
        return SqliteJournal.open(file());
    }

    @Test
    void remembersAfterItWasClosed() throws JournalFailure {
        try (var journal = open()) {
            journal.append(submitted(trace(1)));
            journal.append(submitted(trace(2)));
            journal.append(new JournalEntry(trace(2), "", 2, new Fact.Ended(HealResult.HEALED, Map.of())));
        }
        try (var journal = open()) {
            assertThat(journal.unfinished()).hasSize(1);
            assertThat(journal.latest(10)).hasSize(2);
        }
    }

    @Test
    void syncsEveryCommit() throws Exception {
        try (var _ = open(); var writing = JournalFile.connect(file())) {
            assertThat(JournalFile.number(writing, "PRAGMA synchronous")).as("2 is FULL").isEqualTo(2);
            try (var statement = writing.createStatement(); var row = statement.executeQuery("PRAGMA journal_mode")) {
                assertThat(row.getString(1)).isEqualTo("wal");
            }
        }
    }

    @Test
    void showsARowToOthersAsSoonAsAppendReturns() throws Exception {
        try (var journal = open();
                var other = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = other.createStatement()) {
            for (int i = 0; i < 20; i++) {
                journal.append(submitted(trace(i)));
                try (var row = statement.executeQuery("SELECT count(*) FROM entry")) {
                    assertThat(row.getInt(1)).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void refusesAnEmptyFileBecauseWhatWasInItIsLost() throws IOException {
        var empty = Files.createFile(folder.resolve("empty.db"));
        assertRefused(empty, "the journal `" + empty + "` is empty: what was under way is not known");
        assertThat(empty).isEmptyFile();
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        var text = Files.writeString(folder.resolve("notes.txt"), "no database, but longer than a header ".repeat(50));
        assertRefused(text, "`" + text + "` is no SQLite database, so it is no journal");
        assertThat(text).content().startsWith("no database");
    }

    @Test
    void refusesAForeignDatabase() throws SQLException {
        var foreign = folder.resolve("foreign.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + foreign)) {
            JournalFile.execute(connection, "CREATE TABLE t (x)");
        }
        assertRefused(foreign, "`" + foreign + "` is a database, but no journal of Prunella");
    }

    @Test
    void refusesAJournalOfANewerVersion() throws Exception {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            JournalFile.execute(connection, "PRAGMA user_version = 2");
        }
        assertRefused(file(), "the journal `" + file() + "` is of schema 2, and this version knows 1");
    }

    @Test
    void refusesAJournalThatIsInUse() throws JournalFailure {
        try (var _ = open()) {
            assertRefused(file(), "the journal `" + file() + "` is in use by another process");
        }
    }

    @Test
    void refusesAFolder() {
        assertRefused(folder, "the journal `" + folder + "` is a folder");
    }

    @Test
    void refusesAPlaceWhereNothingCanBeWritten() {
        var nowhere = Path.of("/proc/prunella.db");
        assertThatThrownBy(() -> SqliteJournal.open(nowhere)).isInstanceOf(JournalFailure.class)
                .hasMessageStartingWith("the journal `/proc/prunella.db` cannot be made or written");
    }

    @Test
    void saysSoWhenAnotherProgramHasItLocked() throws Exception {
        open().close();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            JournalFile.execute(other, "BEGIN EXCLUSIVE");
            assertRefused(file(), "the journal `" + file() + "` is locked by another program");
        }
    }

    @Test
    void startsAnewWhereACrashLeftAHalfMadeFile() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(Path.of(file() + ".new"), "half");
        try (var journal = open()) {
            journal.append(submitted(trace(1)));
            assertThat(journal.unfinished()).hasSize(1);
        }
    }

    @Test
    void tellsThatItIsClosed() throws JournalFailure {
        var journal = open();
        journal.close();
        assertThatThrownBy(() -> journal.append(submitted(trace(1)))).isInstanceOf(JournalFailure.class)
                .hasMessageContaining("is closed");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> SqliteJournal.open(file)).isInstanceOf(JournalFailure.class).hasMessage(message)
                .satisfies(e -> assertThat(((JournalFailure) e).help()).isNotBlank());
    }
}
