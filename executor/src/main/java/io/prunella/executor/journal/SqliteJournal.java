package io.prunella.executor.journal;

import io.prunella.executor.lock.FencingToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The journal in one SQLite file, in WAL mode, synced at every commit. One thread writes and commits what several heals
 * append at once together. One process at a time: the file beside it, {@code ….lock}, sees to that. Thread-safe.
 */
public final class SqliteJournal implements Journal {
    private final Path file;
    private final FileChannel lock;
    private final Connection reading;
    private final ReentrantLock oneReader = new ReentrantLock();
    private final GroupCommit writer;

    private SqliteJournal(Path file, FileChannel lock, Connection reading, Connection writing) {
        this.file = file;
        this.lock = lock;
        this.reading = reading;
        this.writer = new GroupCommit(file, writing);
    }

    /**
     * Opens a journal, making the file and its folder if they are not there.
     *
     * @throws JournalFailure if the file is empty, is no journal, is in use, cannot be written, or comes from a newer
     *         version
     */
    public static SqliteJournal open(Path file) throws JournalFailure {
        var lock = JournalFile.lock(file);
        try {
            JournalFile.prepare(file);
            var writing = JournalFile.connect(file);
            try {
                return new SqliteJournal(file, lock, JournalFile.connect(file), writing);
            } catch (JournalFailure failure) {
                JournalFile.closeQuietly(writing);
                throw failure;
            }
        } catch (JournalFailure failure) {
            JournalFile.closeQuietly(lock);
            throw failure;
        }
    }

    @Override
    public void append(JournalEntry entry) throws JournalFailure {
        writer.append(entry);
    }

    @Override
    public List<HealHistory> unfinished() throws JournalFailure {
        return histories("SELECT trace_id FROM heal WHERE ended = 0 ORDER BY first", Integer.MAX_VALUE);
    }

    @Override
    public Optional<HealHistory> find(String traceId) throws JournalFailure {
        return query(() -> history(traceId));
    }

    @Override
    public List<HealHistory> latest(int most) throws JournalFailure {
        return histories("SELECT trace_id FROM heal ORDER BY first DESC", most);
    }

    @Override
    public FencingToken newestToken() throws JournalFailure {
        return query(() -> {
            try (var statement = reading.prepareStatement("SELECT max(token) FROM entry");
                    var row = statement.executeQuery()) {
                return new FencingToken(row.next() ? row.getLong(1) : 0);
            }
        });
    }

    private List<HealHistory> histories(String select, int most) throws JournalFailure {
        return query(() -> {
            List<String> ids = new ArrayList<>();
            try (var statement = reading.prepareStatement(select + " LIMIT " + most);
                    var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            List<HealHistory> histories = new ArrayList<>();
            for (var id : ids) {
                history(id).ifPresent(histories::add);
            }
            return histories;
        });
    }

    private Optional<HealHistory> history(String traceId) throws SQLException, JournalFailure {
        try (PreparedStatement statement = reading
                .prepareStatement("SELECT action_id, at, fact FROM entry WHERE trace_id = ? ORDER BY sequence")) {
            statement.setString(1, traceId);
            List<JournalEntry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(new JournalEntry(traceId, rows.getString(1), rows.getLong(2),
                            FactJson.read(rows.getString(3))));
                }
            }
            return HealHistory.of(entries);
        }
    }

    private interface Query<T> {
        T run() throws SQLException, JournalFailure;
    }

    private <T> T query(Query<T> query) throws JournalFailure {
        oneReader.lock();
        try {
            return query.run();
        } catch (SQLException e) {
            throw JournalFile.failure(file, e);
        } finally {
            oneReader.unlock();
        }
    }

    /** Waits for what was appended, and lets go of the file. */
    @Override
    public void close() {
        writer.close();
        oneReader.lock();
        try {
            JournalFile.closeQuietly(reading);
        } finally {
            oneReader.unlock();
        }
        try {
            lock.close();
        } catch (IOException _) {
            // The system lets go of it at our end.
        }
    }
}
