package io.prunella.executor.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The file of a journal: who has it, whether it is one, and its schema. */
final class JournalFile {
    /** Of the tables; a journal of a newer version is refused. */
    static final int SCHEMA = 1;
    // "Prun", so that `file` and we tell a journal from another database.
    private static final int APPLICATION = 0x5072756e;
    private static final int BUSY_MILLIS = 5_000;

    private JournalFile() {}

    static FileChannel lock(Path file) throws JournalFailure {
        try {
            Files.createDirectories(folder(file));
            var channel = FileChannel.open(Path.of(file + ".lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException _) {
                // In this process, by another journal.
            }
            closeQuietly(channel);
            throw new JournalFailure("the journal `" + file + "` is in use by another process",
                    "stop the other `prunella run` or `serve`, or give this one a journal of its own");
        } catch (FileAlreadyExistsException e) {
            throw new JournalFailure("the journal `" + file + "` cannot be made: `" + e.getFile() + "` is no folder",
                    "name another file");
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Sees to it that the file is a journal of a version that we know, and whole. */
    static void prepare(Path file) throws JournalFailure {
        try {
            if (Files.isDirectory(file)) {
                throw new JournalFailure("the journal `" + file + "` is a folder", "name a file in it");
            }
            if (!Files.exists(file)) {
                create(file);
            }
            if (Files.size(file) == 0) {
                throw new JournalFailure("the journal `" + file + "` is empty: what was under way is not known",
                        "restore it from a copy; if no heal was under way, delete it, and a new one is made");
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        try (var connection = connect(file)) {
            int application = number(connection, "PRAGMA application_id");
            if (application != APPLICATION) {
                throw new JournalFailure("`" + file + "` is a database, but no journal of Prunella",
                        "name another file as the journal");
            }
            int schema = number(connection, "PRAGMA user_version");
            if (schema > SCHEMA) {
                throw new JournalFailure("the journal `" + file + "` is of schema " + schema
                        + ", and this version knows " + SCHEMA,
                        "use the version of Prunella that wrote it, or a newer one");
            }
            // Rolled back if it is really writable.
            connection.setAutoCommit(false);
            execute(connection, "UPDATE heal SET ended = ended WHERE 0");
            connection.rollback();
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Made beside its place and moved there, so that a file at its place is never half of one. */
    private static void create(Path file) throws JournalFailure, IOException {
        var made = Path.of(file + ".new");
        Files.deleteIfExists(made);
        Files.deleteIfExists(Path.of(made + "-wal"));
        Files.deleteIfExists(Path.of(made + "-shm"));
        try (var connection = connect(made)) {
            connection.setAutoCommit(false);
            execute(connection, """
                    CREATE TABLE entry (
                      sequence INTEGER PRIMARY KEY, trace_id TEXT NOT NULL, action_id TEXT NOT NULL,
                      at INTEGER NOT NULL, kind TEXT NOT NULL, token INTEGER, fact TEXT NOT NULL)""");
            execute(connection, "CREATE INDEX entry_of_heal ON entry (trace_id, sequence)");
            execute(connection, "CREATE INDEX entry_token ON entry (token) WHERE token IS NOT NULL");
            execute(connection, """
                    CREATE TABLE heal (
                      trace_id TEXT PRIMARY KEY, first INTEGER NOT NULL, ended INTEGER NOT NULL) WITHOUT ROWID""");
            execute(connection, "CREATE INDEX heal_in_order ON heal (ended, first)");
            execute(connection, "PRAGMA application_id = " + APPLICATION);
            execute(connection, "PRAGMA user_version = " + SCHEMA);
            connection.commit();
        } catch (SQLException e) {
            throw failure(file, e);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseGet(() -> Path.of("/"));
    }

    static Connection connect(Path file) throws JournalFailure {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    static JournalFailure failure(Path file, SQLException e) {
        var code = e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        return switch (code) {
            case SQLITE_NOTADB -> new JournalFailure("`" + file + "` is no SQLite database, so it is no journal",
                    "name another file as the journal");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new JournalFailure("the journal `" + file + "` is locked by another program",
                        "close what has it open, e.g. `sqlite3`");
            case SQLITE_FULL -> new JournalFailure("the disk of the journal `" + file + "` is full", "make room on it");
            case SQLITE_CORRUPT -> new JournalFailure("the journal `" + file + "` is damaged",
                    "restore it from a copy, or salvage it with `sqlite3 … .recover`");
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> new JournalFailure(
                    "the journal `" + file + "` cannot be written",
                    "give this user the right to write file and folder");
            default -> new JournalFailure("the journal `" + file + "` does not work: " + e.getMessage(),
                    "look at its disk");
        };
    }

    private static JournalFailure unwritable(Path file, IOException e) {
        return new JournalFailure("the journal `" + file + "` cannot be made or written: " + e.getMessage(),
                "give this user the right to write file and folder, or name another file");
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // We are already telling about something worse.
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // We are already telling about something worse, or nothing is lost: every commit was synced.
        }
    }
}
