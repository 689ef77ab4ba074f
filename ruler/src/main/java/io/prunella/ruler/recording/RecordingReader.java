package io.prunella.ruler.recording;

import com.github.luben.zstd.ZstdIOException;
import io.prunella.plan.DurationText;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Printed;
import io.prunella.ruler.recording.RecordingProblem.Kind;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * Reads a recording record by record; a bad line is a problem with its place, and the next one is read.
 *
 * <p>Not thread-safe. What the current record says is valid until {@link #next} is called again.
 */
public final class RecordingReader implements Closeable {
    private static final int PROBLEMS_OF_A_KIND = 10;
    /** The longest line that is read; longer ones are no records. */
    static final int LONGEST = 1 << 20;

    private final String name;
    private final InputStream in;
    private final SeriesNumbers numbers;
    private final LineScanner scanner = new LineScanner();
    private final Line current = new Line();
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private boolean exhausted;
    private boolean skipping;
    private boolean damaged;

    private long lines;
    private long samples;
    private long events;
    private long others;
    private long late;
    private long unusable;
    private final List<RecordingProblem> problems = new ArrayList<>();
    private final Map<Kind, Integer> shown = new EnumMap<>(Kind.class);
    private final Set<String> ignoredKeys = new HashSet<>();

    private RecordingReader(String name, InputStream in, SeriesNumbers numbers) {
        this.name = name;
        this.in = in;
        this.numbers = numbers;
    }

    /**
     * Opens a recording.
     *
     * @param name for messages; what is compressed is told by its first bytes; one named {@code .gz} or {@code .zst} has to be
     * @param bytes closed by {@link #close}
     */
    public static RecordingReader open(String name, InputStream bytes, SeriesNumbers numbers) throws IOException {
        try {
            return new RecordingReader(name, Unpacking.plain(name, bytes), numbers);
        } catch (ZipException | EOFException _) {
            RecordingReader reader = new RecordingReader(name, bytes, numbers);
            reader.damaged();
            return reader;
        }
    }

    private void damaged() {
        damaged = true;
        exhausted = true;
        // Half a line is no record, and not a second problem.
        from = to;
        unusable++;
        problem(Kind.BROKEN, "what follows can't be unpacked: the file is damaged, or ends too early",
                "copy it again, or look at it with `gzip -t` or `zstd -t`");
    }

    /** Goes to the next record; false at the end. */
    public boolean next() throws IOException {
        while (true) {
            int end = line();
            if (end < 0) {
                return false;
            }
            lines++;
            int start = from;
            from = Math.min(end + 1, to);
            if (scanner.scan(buffer, start, end, current)) {
                samples++;
                return true;
            }
            if (slowly(start, end)) {
                return true;
            }
        }
    }

    private boolean slowly(int start, int end) {
        if (blank(start, end)) {
            return false;
        }
        return switch (LineParser.parse(buffer, start, end)) {
            case LineParser.Parsed.Bad bad -> {
                unusable++;
                problem(bad.kind(), bad.message(), bad.cure());
                yield false;
            }
            case LineParser.Parsed.Read read -> {
                read.ignored().stream().filter(ignoredKeys::add).forEach(key -> problem(Kind.IGNORED,
                        "the key `" + key + "` is read by nobody", "leave it out, or spell it right"));
                take(read, start, end);
                yield true;
            }
        };
    }

    private void take(LineParser.Parsed.Read read, int start, int end) {
        switch (read.observation()) {
            case Observation.Sample sample -> {
                int number = numbers.series(sample.entity(), sample.metric(), sample.labels());
                current.sample(sample.ts(), number, sample.value());
                if (read.ignored().isEmpty()) {
                    scanner.learn(buffer, start, end, number);
                }
                samples++;
            }
            case Observation.EventSeen event -> {
                current.other(event);
                events++;
            }
            case Observation.StaleMarker _,Observation.Tick _,Observation.ProbeAnswer _ -> {
                current.other(read.observation());
                others++;
            }
        }
    }

    private boolean blank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the line that begins at {@link #from} ends, without its line feed; -1 at the end of all. */
    private int line() throws IOException {
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (buffer[i] == '\n') {
                    if (!skipping) {
                        return i;
                    }
                    skipping = false;
                    from = i + 1;
                }
            }
            if (skipping) {
                from = to;
            }
            if (exhausted) {
                return from < to ? to : -1;
            }
            if (to - from > LONGEST) {
                lines++;
                unusable++;
                problem(Kind.BROKEN, "a line of more than " + LONGEST + " bytes", "records are one line each, of less");
                skipping = true;
                from = to;
            }
            searched = to - from;
            fill();
        }
    }

    private void fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, to * 2);
        }
        try {
            int read = in.read(buffer, to, buffer.length - to);
            exhausted = read < 0;
            to += Math.max(read, 0);
        } catch (ZipException | EOFException | ZstdIOException _) {
            damaged();
        }
    }

    /** Time of the current record, epoch milliseconds. */
    public long ts() {
        return current.ts;
    }

    /** The current record, unless it is a sample. */
    public Optional<Observation> observation() {
        return Optional.ofNullable(current.other);
    }

    public boolean isSample() {
        return current.other == null;
    }

    /** The series of the current sample, as numbered at the opening. */
    public int series() {
        return current.series;
    }

    /** The value of the current sample. */
    public double value() {
        return current.value;
    }

    /** The number of the current line, from 1. */
    public long lineNumber() {
        return lines;
    }

    /** The current record came too late and was dropped: counted and reported. */
    public void late(long greatest) {
        late++;
        problem(Kind.LATE, "late: its time " + Printed.ts(current.ts) + " lies "
                + DurationText.of(greatest - current.ts) + " behind the greatest so far; dropped",
                "recordings are in order of `ts`; up to 5s is put in order");
    }

    private void problem(Kind kind, String message, String cure) {
        if (shown.merge(kind, 1, Integer::sum) <= PROBLEMS_OF_A_KIND) {
            problems.add(new RecordingProblem(name, lines, kind, message, cure));
        }
    }

    /** What became of the lines read so far. */
    public RecordingReport report() {
        return new RecordingReport(lines, samples, events, late, unusable, problems,
                unreadable().map(why -> name + ": the recording could not be read: " + why).stream().toList());
    }

    private Optional<String> unreadable() {
        if (damaged) {
            return Optional.of("it can't be unpacked to its end");
        }
        return unusable > 0 && samples + events + others == 0
                ? Optional.of("no line of it is a record")
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
