package io.prunella.cli;

import io.prunella.ruler.recording.ReadAhead;
import io.prunella.ruler.recording.RecordingProblem.Kind;
import io.prunella.ruler.recording.RecordingReport;
import io.prunella.ruler.simulation.RecordingInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The recordings that a command was given, with a progress bar for a person who waits for large ones. */
final class Recordings implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final List<String> names;
    private final InputStream standardInput;
    private final PrintStream out;
    private final boolean live;
    private final Progress progress;
    private final boolean once;
    /** Standard input as it was read the first time, for those who read it again. */
    private Optional<Path> spooled = Optional.empty();

    Recordings(Shell shell, String pack, List<String> names) {
        this(shell, List.of(pack), names, 1, true);
    }

    /** For those who tell more than results while they read: a bar would be in between. */
    static Recordings withoutBar(Shell shell, String pack, List<String> names) {
        return new Recordings(shell, List.of(pack), names, 1, false);
    }

    /** Recordings that are read several times. */
    Recordings(Shell shell, List<String> packs, List<String> names, int times) {
        this(shell, packs, names, times, true);
    }

    private Recordings(Shell shell, List<String> packs, List<String> names, int times, boolean bar) {
        this.names = List.copyOf(names);
        this.standardInput = shell.in();
        this.out = shell.out();
        this.live = shell.terminalOut();
        this.once = times == 1;
        long size = 0;
        long fromStdin = packs.stream().filter("-"::equals).count();
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
        this.progress = new Progress(shell, bar ? size * times : 0);
    }

    /** Opens them from their beginning, as often as is asked, to be parsed by the one who asks. */
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
                        ? new RecordingInput("stdin", standardInput(), ahead)
                        : new RecordingInput(name,
                                new BufferedInputStream(progress.watch(Files.newInputStream(Path.of(name))), BUFFER),
                                ahead));
            } catch (IOException e) {
                throw UserError.usage(name + ": cannot be read: " + e.getMessage());
            }
        }
        return opened;
    }

    private InputStream standardInput() throws IOException {
        if (once) {
            return standardInput;
        }
        if (spooled.isEmpty()) {
            Path copy = Files.createTempFile("prunella-stdin", ".jsonl");
            spooled = Optional.of(copy);
            copy.toFile().deleteOnExit();
            Files.copy(standardInput, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return new BufferedInputStream(Files.newInputStream(spooled.get()), BUFFER);
    }

    /** Before all results are printed. */
    void hideProgress() {
        progress.close();
    }

    /** Prints a result while more is read; on a terminal at once, where the bar was. */
    void print(String line) {
        if (live) {
            progress.close();
        }
        out.println(line);
        if (live) {
            out.flush();
        }
    }

    /** Takes the progress bar away, and what was put by. */
    @Override
    public void close() {
        progress.close();
        if (spooled.isPresent()) {
            try {
                Files.deleteIfExists(spooled.get());
            } catch (IOException e) {
                throw UserError.usage(spooled.get() + ": cannot be deleted: " + e.getMessage());
            }
        }
    }

    /** Says what became of a recording's lines: nothing is lost silently. */
    static void tell(Shell shell, RecordingReport report) {
        report.problems().forEach(problem -> shell.err().println(problem.toString()));
        more(shell, report, Kind.BROKEN, report.broken(), "that is broken JSON", "that are broken JSON");
        more(shell, report, Kind.UNUSABLE, report.unusable() - report.broken(), "that is no record",
                "that are no records");
        more(shell, report, Kind.LATE, report.late(), "that came late", "that came late");
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

    /** Of each kind of problem only the first ones are shown; the others are counted. */
    private static void more(Shell shell, RecordingReport report, Kind kind, long all, String one, String several) {
        long more = all - report.problems().stream().filter(problem -> problem.kind() == kind).count();
        if (more > 0) {
            shell.err().println("… and " + Count.of(more, "more line") + " " + (more == 1 ? one : several));
        }
    }

    /** Refuses recordings from which nobody can tell what happened; to be called once all that was found is printed. */
    static void refuseUnreadable(RecordingReport report) {
        if (!report.unreadable().isEmpty()) {
            throw UserError.usage(String.join("; ", report.unreadable()));
        }
    }
}
