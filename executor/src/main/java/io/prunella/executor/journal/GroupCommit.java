package io.prunella.executor.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The one thread that writes: what came while it was committing is committed together next. Thread-safe. */
final class GroupCommit {
    private static final int MOST = 256;

    /** A row as it will stand there. */
    private record Row(JournalEntry entry, String json) {}

    /** A row and who waits for it; without a row it is the sign to stop. */
    private record Waiting(Optional<Row> row, CompletableFuture<Optional<JournalFailure>> written) {}

    private final Path file;
    private final Connection connection;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    GroupCommit(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        thread = Thread.ofPlatform().name("prunella-journal").daemon().start(this::write);
    }

    void append(JournalEntry entry) throws JournalFailure {
        var waiting = new Waiting(Optional.of(new Row(entry, FactJson.write(entry.fact()))),
                new CompletableFuture<>());
        queue.add(waiting);
        if (!thread.isAlive()) {
            waiting.written.complete(closed());
        }
        var failure = waiting.written.join();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    void close() {
        var stop = new Waiting(Optional.empty(), new CompletableFuture<>());
        queue.add(stop);
        if (thread.isAlive()) {
            stop.written.completeOnTimeout(Optional.empty(), 10, TimeUnit.SECONDS).join();
        }
    }

    private Optional<JournalFailure> closed() {
        return Optional
                .of(new JournalFailure("the journal `" + file + "` is closed", "it is closed when Prunella stops"));
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        boolean stopped = false;
        while (!stopped) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException _) {
                break;
            }
            queue.drainTo(batch, MOST);
            stopped = batch.stream().anyMatch(waiting -> waiting.row.isEmpty());
            var failure = commit(batch.stream().flatMap(waiting -> waiting.row.stream()).toList());
            if (stopped) {
                JournalFile.closeQuietly(connection);
            }
            batch.forEach(waiting -> waiting.written.complete(failure));
            batch.clear();
        }
        queue.drainTo(batch);
        batch.forEach(waiting -> waiting.written.complete(closed()));
    }

    private Optional<JournalFailure> commit(List<Row> rows) {
        try {
            connection.setAutoCommit(false);
            try (var row = connection.prepareStatement(
                    "INSERT INTO entry (trace_id, action_id, at, kind, token, fact) VALUES (?, ?, ?, ?, ?, ?)");
                    var heal = connection.prepareStatement("""
                            INSERT OR IGNORE INTO heal (trace_id, first, ended)
                            VALUES (?, (SELECT max(sequence) FROM entry), 0)""");
                    var end = connection.prepareStatement("UPDATE heal SET ended = 1 WHERE trace_id = ?")) {
                for (var next : rows) {
                    var entry = next.entry;
                    write(next, row);
                    switch (entry.fact()) {
                        case Fact.Submitted _ -> execute(heal, entry.traceId());
                        case Fact.Ended _ -> execute(end, entry.traceId());
                        case Fact.Resumed _,Fact.Claimed _,Fact.Intent _,Fact.AttemptEnded _,Fact.WaitBegan _,Fact.StepEnded _,Fact.VerifyBegan _,Fact.VerifyEnded _,Fact.CancelAsked _,Fact.Withdrawn _ ->
                            {
                            }
                    }
                }
            }
            connection.commit();
            return Optional.empty();
        } catch (SQLException e) {
            rollBack();
            return Optional.of(JournalFile.failure(file, e));
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // What was not committed is not there; that the commit failed is told already.
        }
    }

    private static void write(Row next, PreparedStatement row) throws SQLException {
        var entry = next.entry;
        row.setString(1, entry.traceId());
        row.setString(2, entry.actionId());
        row.setLong(3, entry.at());
        row.setString(4, entry.fact().getClass().getSimpleName());
        row.setObject(5, entry.fact() instanceof Fact.Claimed claimed ? claimed.token() : null);
        row.setString(6, next.json);
        row.executeUpdate();
    }

    private static void execute(PreparedStatement statement, String traceId) throws SQLException {
        statement.setString(1, traceId);
        statement.executeUpdate();
    }
}
