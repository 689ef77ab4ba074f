package io.prunella.cli;

import io.prunella.ruler.recording.ReadAhead;
import io.prunella.ruler.recording.RecordingReport;
import io.prunella.ruler.simulation.RecordingInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** The recordings that a command was given, with a progress bar for a person who waits for large ones. */
final class Recordings implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final List<String> names;
    private final InputStream standardInput;
    private final Progress progress;

    Recordings(Shell shell, String pack, List<String> names) {
        this.names = List.copyOf(names);
        this.standardInput = shell.in();
        long size = 0;
        int fromStdin = pack.equals("-") ? 1 : 0;
        for (String name : names) {
            if (name.equals("-")) {
                fromStdin++;
                continue;
            }
            Path file = Path.of(name);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw UserError.usage(name + ": " + (Files.isDirectory(file)
                        ? "is a folder, not a recording"
                        : Files.exists(file) ? "permission denied" : "no such file or folder"));
            }
            size += file.toFile().length();
        }
        if (fromStdin > 1) {
            throw UserError.usage("only one of pack and recordings can be standard input");
        }
        this.progress = new Progress(shell, size);
    }

    /** Opens them to be parsed by the one who asks. */
    List<RecordingInput> open() {
        return open(1);
    }

    /** Opens them, each to be parsed by so many threads ahead of the one who asks. */
    List<RecordingInput> open(int shards) {
        ReadAhead ahead = shards == 1
                ? ReadAhead.NONE
                : new ReadAhead(Executors.newFixedThreadPool(shards, Thread.ofPlatform().name("parser-", 0).daemon()
                        .factory()), shards);
        List<RecordingInput> opened = new ArrayList<>();
        for (String name : names) {
            try {
                opened.add(name.equals("-")
                        ? new RecordingInput("stdin", standardInput, ahead)
                        : new RecordingInput(name,
                                new BufferedInputStream(progress.watch(Files.newInputStream(Path.of(name))), BUFFER),
                                ahead));
            } catch (IOException e) {
                throw UserError.usage(name + ": cannot be read: " + e.getMessage());
            }
        }
        return opened;
    }

    /** Takes the progress bar away. */
    @Override
    public void close() {
        progress.close();
    }

    /** Says what became of a recording's lines: nothing is lost silently. */
    static void tell(Shell shell, RecordingReport report) {
        report.problems().forEach(problem -> shell.err().println(problem.toString()));
        StringBuilder text = new StringBuilder("read ").append(Count.of(report.lines(), "line")).append(": ")
                .append(Count.of(report.samples(), "sample")).append(", ").append(Count.of(report.events(), "event"));
        if (report.late() > 0) {
            text.append("; ").append(String.format("%,d dropped as late", report.late()));
        }
        if (report.unusable() > 0) {
            text.append("; ").append(String.format("%,d could not be used", report.unusable()));
        }
        shell.err().println(text);
    }

    /** Refuses recordings from which nobody can tell what happened; to be called once all that was found is printed. */
    static void refuseUnreadable(RecordingReport report) {
        if (!report.unreadable().isEmpty()) {
            throw UserError.usage(String.join("; ", report.unreadable()));
        }
    }
}
