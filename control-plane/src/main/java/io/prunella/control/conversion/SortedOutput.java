package io.prunella.control.conversion;

import io.prunella.ruler.Observation;
import io.prunella.ruler.recording.RecordingWriter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts records in the order of their times, those of one instant in the order in which they came, however many there
 * are: what does not fit into memory goes to files in a folder of its own, which are merged in the end.
 */
final class SortedOutput implements Closeable {
    private static final Comparator<Entry> BY_TIME = Comparator.comparingLong(Entry::ts);

    private final Path scratch;
    private final long roomChars;
    private final List<Path> runs = new ArrayList<>();
    private List<Entry> held = new ArrayList<>();
    private long heldChars;

    private record Entry(long ts, String line) {}

    /**
     * Keeps records in memory as long as there is room.
     *
     * @param scratch an empty folder for what does not fit
     * @param roomChars how many characters of lines are kept in memory
     */
    SortedOutput(Path scratch, long roomChars) {
        this.scratch = scratch;
        this.roomChars = roomChars;
    }

    void add(Observation observation) throws IOException {
        String line = RecordingWriter.line(observation);
        held.add(new Entry(observation.ts(), line));
        heldChars += line.length();
        if (heldChars > roomChars) {
            spill();
        }
    }

    private void spill() throws IOException {
        held.sort(BY_TIME);
        Path run = scratch.resolve("run-" + runs.size());
        runs.add(run);
        try (BufferedWriter out = Files.newBufferedWriter(run, StandardCharsets.UTF_8)) {
            for (Entry entry : held) {
                out.write(entry.ts() + " " + entry.line() + "\n");
            }
        }
        held = new ArrayList<>();
        heldChars = 0;
    }

    /** Writes everything, in order, a line each. */
    void writeTo(Writer out) throws IOException {
        held.sort(BY_TIME);
        if (runs.isEmpty()) {
            for (Entry entry : held) {
                out.write(entry.line());
                out.write('\n');
            }
            return;
        }
        spill();
        List<Run> open = new ArrayList<>();
        try {
            PriorityQueue<Run> heads = new PriorityQueue<>(
                    Comparator.comparingLong((Run run) -> run.ts).thenComparingInt(run -> run.place));
            for (Path run : runs) {
                Run reading = new Run(Files.newBufferedReader(run, StandardCharsets.UTF_8), open.size());
                open.add(reading);
                if (reading.next()) {
                    heads.add(reading);
                }
            }
            while (!heads.isEmpty()) {
                Run least = heads.remove();
                out.write(least.line);
                out.write('\n');
                if (least.next()) {
                    heads.add(least);
                }
            }
        } finally {
            for (Run run : open) {
                run.in.close();
            }
        }
    }

    /** What was put by, read again. */
    private static final class Run {
        final BufferedReader in;
        final int place;
        long ts;
        String line = "";

        Run(BufferedReader in, int place) {
            this.in = in;
            this.place = place;
        }

        boolean next() throws IOException {
            String read = in.readLine();
            if (read == null) {
                return false;
            }
            int space = read.indexOf(' ');
            ts = Long.parseLong(read.substring(0, space));
            line = read.substring(space + 1);
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }
}
