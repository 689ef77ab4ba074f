package io.prunella.ruler.simulation;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.recording.RecordingReader;
import io.prunella.ruler.recording.RecordingReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Runs recordings through a pack: the production ruler with the records as its clock, and nothing executed. */
public final class Simulation {
    private final Ruler ruler;
    private final long until;
    private final boolean bounded;
    private final List<String> notices = new ArrayList<>();
    /** The greatest time read so far, past the end of the clock, too. */
    private long greatest = Long.MIN_VALUE;
    /** The least one that lay within the clock. */
    private long least = Long.MAX_VALUE;
    private final SeenEntities entities = new SeenEntities();
    private long firings;
    private final EntityMapping mapping;

    private Simulation(PackModel pack, SimulationSettings settings, Consumer<Firing> receiver) {
        bounded = settings.until().isPresent();
        until = settings.until().orElse(Long.MAX_VALUE);
        mapping = settings.entities();
        ruler = new Ruler(RulerSettings.simulation(notices::add).with(settings.topology()).with(settings.guards()),
                firing -> {
                    firings++;
                    receiver.accept(firing);
                });
        ruler.load(List.of(pack));
    }

    /**
     * What came of questions to a simulation.
     *
     * @param last the greatest time of a record up to the last instant asked for; absent when there was none
     * @param ended whether the records ended before that instant, so that nobody knows what came since
     */
    public record Answered(Map<Question, Answer> answers, OptionalLong last, boolean ended,
            SimulationReport report) {
        public Answered {
            answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }
    }

    /**
     * Runs recordings once, and tells how things stood at the instants of all questions; instants past the end of the
     * records are as if nothing had come after.
     *
     * @param settings but for the end of the clock, which is that of the last question
     * @param questions in any order
     */
    public static Answered ask(PackModel pack, List<RecordingInput> recordings, SimulationSettings settings,
            Collection<Question> questions, Consumer<Firing> firings) throws IOException {
        long last = questions.stream().mapToLong(Question::at).max().orElse(Long.MIN_VALUE);
        Simulation simulation = new Simulation(pack, settings.endingAt(last), firings);
        Map<Question, Answer> answers = new LinkedHashMap<>();
        for (Question question : questions) {
            simulation.ruler.ask(question, answer -> answers.put(question, answer));
        }
        SimulationReport report = simulation.run(recordings);
        if (answers.size() < questions.size()) {
            // Not one record: the clock never began.
            simulation.ruler.advanceTo(last);
        }
        long used = simulation.ruler.greatest();
        return new Answered(answers, used == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(used),
                simulation.greatest < last, report);
    }

    private record Source(RecordingReader reader, int place) {}

    /** Several recordings are merged by time; at one instant in the order given. */
    public static SimulationReport run(PackModel pack, List<RecordingInput> recordings, SimulationSettings settings,
            Consumer<Firing> firings) throws IOException {
        return new Simulation(pack, settings, firings).run(recordings);
    }

    private SimulationReport run(List<RecordingInput> recordings) throws IOException {
        List<RecordingReader> readers = new ArrayList<>();
        try {
            for (RecordingInput input : recordings) {
                readers.add(RecordingReader.open(input.name(), input.bytes(), this::series, input.ahead(), mapping));
            }
            merge(readers);
        } finally {
            for (RecordingReader reader : readers) {
                reader.close();
            }
        }
        if (ruler.greatest() != Long.MIN_VALUE) {
            ruler.advanceTo(bounded ? until : ruler.greatest());
        }
        if (ruler.refusedEmits() > 1) {
            notices.add(ruler.refusedEmits() + " plans in all were not let emit, since they did so in a circle");
        }
        RecordingReport report = RecordingReport.empty();
        for (RecordingReader reader : readers) {
            report = report.and(reader.report());
        }
        boolean used = least != Long.MAX_VALUE;
        return new SimulationReport(report, firings, notices, used ? OptionalLong.of(least) : OptionalLong.empty(),
                used ? OptionalLong.of(ruler.clock()) : OptionalLong.empty(), entities.byKind());
    }

    private int series(String entity, String metric, Map<String, String> labels) {
        entities.add(entity);
        return ruler.series(entity, metric, labels);
    }

    private void merge(List<RecordingReader> readers) throws IOException {
        PriorityQueue<Source> heads = new PriorityQueue<>(
                Comparator.comparingLong((Source s) -> s.reader().ts()).thenComparingInt(Source::place));
        for (RecordingReader reader : readers) {
            if (reader.next()) {
                heads.add(new Source(reader, heads.size()));
            }
        }
        while (!heads.isEmpty()) {
            Source source = heads.remove();
            RecordingReader reader = source.reader();
            boolean more = true;
            while (more && notAfter(source, heads)) {
                if (over(reader.ts())) {
                    greatest = Math.max(greatest, reader.ts());
                    return;
                }
                offer(reader);
                more = reader.next();
            }
            if (more) {
                heads.add(source);
            }
        }
    }

    private static boolean notAfter(Source source, PriorityQueue<Source> heads) {
        Source other = heads.peek();
        return other == null || source.reader().ts() < other.reader().ts()
                || (source.reader().ts() == other.reader().ts() && source.place() < other.place());
    }

    /** Whether nothing that may still come lies within the clock. */
    private boolean over(long ts) {
        return ts > until && ts - until > RulerSettings.DEFAULT_LATENESS_MILLIS;
    }

    private void offer(RecordingReader reader) {
        long ts = reader.ts();
        boolean late = greatest != Long.MIN_VALUE && ts < greatest - RulerSettings.DEFAULT_LATENESS_MILLIS;
        greatest = Math.max(greatest, ts);
        if (late) {
            reader.late(greatest);
        } else if (ts > until) {
            return;
        } else {
            least = Math.min(least, ts);
            if (reader.isSample()) {
                ruler.sample(reader.series(), ts, reader.value());
            } else {
                Observation observation = reader.observation().orElseThrow();
                entities.add(observation);
                ruler.offer(observation);
            }
        }
    }
}
