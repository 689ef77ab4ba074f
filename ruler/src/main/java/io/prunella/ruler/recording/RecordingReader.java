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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipException;

/**
 * Reads a recording record by record; a bad line is a problem with its place, and the next one is read.
 *
 * <p>Not thread-safe. What the current record says is valid until {@link #next} is called again.
 */
public final class RecordingReader implements Closeable {
    /** The longest line that is read, in bytes; longer ones are no records. */
    static final int LONGEST = 1 << 20;
    private static final int UNNUMBERED = -1;

    private final String name;
    private final InputStream in;
    private final SeriesNumbers numbers;
    private final Pages pages;
    private final ReadAhead ahead;
    private final List<Shard> shards = new ArrayList<>();
    private final Queue<Parsing> parsing = new ArrayDeque<>();
    private int nextShard;
    private boolean readToEnd;

    private Shard shard;
    private ParsedPage page = new ParsedPage(Page.Ending.MORE, 0);
    /** The current record's place in the page. */
    private int at = -1;
    private int toldProblems;
    private int countedUnusable;

    private long linesBefore;
    private long samples;
    private long events;
    private long others;
    private long late;
    private long unusable;
    private long broken;
    private boolean damaged;
    private final List<RecordingProblem> problems = new ArrayList<>();
    private final Map<Kind, Integer> shown = new EnumMap<>(Kind.class);
    private final Set<String> ignored = new HashSet<>();

    /** A parser, what it is busy with, and what its series are called by the one who reads. */
    private static final class Shard {
        final PageParser parser;
        CompletableFuture<ParsedPage> last = CompletableFuture
                .completedFuture(new ParsedPage(Page.Ending.MORE, 0));
        int[] numbers = new int[0];

        Shard(EntityMapping entities) {
            this.parser = new PageParser(entities);
        }
    }

    private record Parsing(Shard shard, Page text, CompletableFuture<ParsedPage> page) {}

    private RecordingReader(String name, InputStream in, SeriesNumbers numbers, ReadAhead ahead,
            EntityMapping entities) {
        this.name = name;
        this.in = in;
        this.numbers = numbers;
        this.pages = new Pages(in);
        this.ahead = ahead;
        for (int i = 0; i < ahead.shards(); i++) {
            shards.add(new Shard(entities));
        }
        this.shard = shards.getFirst();
    }

    /** Opens a recording, each page of which is parsed when it is needed. */
    public static RecordingReader open(String name, InputStream bytes, SeriesNumbers numbers) throws IOException {
        return open(name, bytes, numbers, ReadAhead.NONE, EntityMapping.DEFAULT);
    }

    /**
     * Opens a recording.
     *
     * @param name for messages; what is compressed is told by its first bytes; one named {@code .gz} or {@code .zst} has to be
     * @param bytes closed by {@link #close}
     * @param entities whom records are about that do not say so
     */
    public static RecordingReader open(String name, InputStream bytes, SeriesNumbers numbers, ReadAhead ahead,
            EntityMapping entities) throws IOException {
        try {
            return new RecordingReader(name, Unpacking.plain(name, bytes), numbers, ahead, entities);
        } catch (ZipException | EOFException | ZstdIOException _) {
            return new RecordingReader(name, new Damaged(bytes), numbers, ahead, entities);
        }
    }

    /** What could not even be begun to unpack. */
    private static final class Damaged extends java.io.FilterInputStream {
        Damaged(InputStream packed) {
            super(packed);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            throw new ZipException("no packed file");
        }
    }

    /** Goes to the next record; false at the end. */
    public boolean next() throws IOException {
        at++;
        while (at == page.records) {
            pass(page.lines);
            if (!turnPage()) {
                at = page.records;
                return false;
            }
        }
        if (page.unusables > 0 || !page.problems.isEmpty()) {
            pass(page.line[at]);
        }
        if (isSample()) {
            samples++;
        } else if (happened(page.others.get(-1 - page.series[at]))) {
            events++;
        } else {
            others++;
        }
        return true;
    }

    private boolean turnPage() throws IOException {
        readAhead();
        Parsing next = parsing.poll();
        if (next == null) {
            return false;
        }
        linesBefore += page.lines;
        shard = next.shard();
        page = parsed(next.page());
        pages.done(next.text());
        damaged |= page.ending == Page.Ending.DAMAGED;
        at = 0;
        toldProblems = 0;
        countedUnusable = 0;
        return true;
    }

    private static ParsedPage parsed(CompletableFuture<ParsedPage> page) {
        try {
            return page.join();
        } catch (CompletionException bug) {
            if (bug.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw bug;
        }
    }

    /** One page more than there are shards, so that none has to wait for the one who judges; but nobody waits for it. */
    private void readAhead() throws IOException {
        int most = ahead.shards() == 1 ? 1 : ahead.shards() + 1;
        while (!readToEnd && parsing.size() < most && (parsing.isEmpty() || in.available() > 0)) {
            Page text = pages.next();
            readToEnd = text.ending == Page.Ending.END || text.ending == Page.Ending.DAMAGED;
            Shard next = shards.get(nextShard);
            nextShard = (nextShard + 1) % shards.size();
            next.last = next.last.thenApplyAsync(_ -> next.parser.parse(text), ahead.executor());
            parsing.add(new Parsing(next, text, next.last));
        }
    }

    /** What the lines up to {@code line} of the page had that is no record. */
    private void pass(int line) {
        while (countedUnusable < page.unusables && page.unusable[countedUnusable] <= line) {
            broken += page.broken.get(countedUnusable) ? 1 : 0;
            countedUnusable++;
            unusable++;
        }
        while (toldProblems < page.problems.size() && page.problems.get(toldProblems).line() <= line) {
            ParsedPage.Problem problem = page.problems.get(toldProblems++);
            if (problem.kind() != Kind.IGNORED || ignored.add(problem.message())) {
                problem(linesBefore + problem.line(), problem.kind(), problem.message(), problem.cure());
            }
        }
    }

    /** Time of the current record, epoch milliseconds. */
    public long ts() {
        return page.ts[at];
    }

    /** The current record, unless it is a sample. */
    public Optional<Observation> observation() {
        return isSample() ? Optional.empty() : Optional.of(page.others.get(-1 - page.series[at]));
    }

    private static boolean happened(Observation observation) {
        return switch (observation) {
            case Observation.EventSeen _,Observation.AlertSeen _ -> true;
            case Observation.Sample _,Observation.StaleMarker _,Observation.Tick _,Observation.ProbeAnswer _ -> false;
        };
    }

    public boolean isSample() {
        return page.series[at] >= 0;
    }

    /** The series of the current sample, as numbered at the opening. */
    public int series() {
        int own = page.series[at];
        int[] known = shard.numbers;
        return own < known.length && known[own] != UNNUMBERED ? known[own] : numbered(own);
    }

    private int numbered(int own) {
        if (own >= shard.numbers.length) {
            int before = shard.numbers.length;
            shard.numbers = Arrays.copyOf(shard.numbers, Math.max(own + 1, before * 2));
            Arrays.fill(shard.numbers, before, shard.numbers.length, UNNUMBERED);
        }
        if (shard.numbers[own] == UNNUMBERED) {
            PageParser.Series series = shard.parser.series(own);
            shard.numbers[own] = numbers.series(series.entity(), series.metric(), series.labels());
        }
        return shard.numbers[own];
    }

    /** The value of the current sample. */
    public double value() {
        return page.value[at];
    }

    /** The number of the current line, from 1; at the end, of the last one. */
    public long lineNumber() {
        return linesBefore + (at >= 0 && at < page.records ? page.line[at] : page.lines);
    }

    /** The current record came too late and was dropped: counted and reported. */
    public void late(long greatest) {
        late++;
        problem(lineNumber(), Kind.LATE, "late: its time " + Printed.ts(ts()) + " lies "
                + DurationText.of(greatest - ts()) + " behind the greatest so far; dropped",
                "recordings are in order of `ts`; up to 5s is put in order");
    }

    private void problem(long line, Kind kind, String message, String cure) {
        if (shown.merge(kind, 1, Integer::sum) <= PageParser.PROBLEMS_OF_A_KIND) {
            problems.add(new RecordingProblem(name, line, kind, message, cure));
        }
    }

    /** What became of the lines read so far. */
    public RecordingReport report() {
        List<RecordingProblem> inOrder = new ArrayList<>(problems);
        inOrder.sort(Comparator.comparingLong(RecordingProblem::line));
        return new RecordingReport(lineNumber(), samples, events, late, unusable, broken, inOrder,
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
        parsing.forEach(under -> under.page().cancel(false));
        in.close();
    }
}
