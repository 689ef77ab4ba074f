package io.prunella.control.proof;

import com.google.re2j.Pattern;
import io.prunella.compiler.Compilation;
import io.prunella.compiler.rule.PackModel;
import io.prunella.control.proof.TestReport.Failure;
import io.prunella.control.proof.TestReport.TestResult;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expectation;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.ast.SourceFile;
import io.prunella.ruler.Observation;
import io.prunella.ruler.topology.Topology;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the {@code test} blocks of a pack (language section 10) as under {@code run --mode auto}. */
public final class TestRunner {
    private final InstantSource clock;
    private final RecordingSource recordings;
    private final Topology topology;

    /**
     * @param clock for how long tests take
     * @param recordings reads what {@code given: recording "…"} names
     * @param topology the inventory, and who stands above whom, in every test
     */
    public TestRunner(InstantSource clock, RecordingSource recordings, Topology topology) {
        this.clock = clock;
        this.recordings = recordings;
        this.topology = topology;
    }

    /** Where a test's recordings come from. */
    @FunctionalInterface
    public interface RecordingSource {

        /**
         * Reads all of a recording.
         *
         * @param path as written in the test
         * @param problems told what could not be read, lower case, cause and cure
         */
        List<Observation> read(PackModel pack, String path, Consumer<String> problems);
    }

    /**
     * Runs every test whose title or {@code file} matches.
     *
     * @param compilation of a pack without errors
     * @param only RE2, found anywhere in {@code file: title}; an empty one takes all
     */
    public TestReport run(Compilation compilation, Pattern only) {
        return run(compilation, only, Optional.empty());
    }

    /** What became of tests, and what they have seen of the rules. */
    public record Covered(TestReport report, Coverage coverage) {}

    /** The same, watching what is seen of the rules; a pack without tests has rules all the same. */
    public Covered runCovered(Compilation compilation, Pattern only) {
        CoverageRecorder recorder = new CoverageRecorder(compilation.orThrow());
        TestReport report = run(compilation, only, Optional.of(recorder));
        return new Covered(report, recorder.coverage());
    }

    private TestReport run(Compilation compilation, Pattern only, Optional<CoverageRecorder> coverage) {
        PackModel pack = compilation.orThrow();
        List<TestResult> results = new ArrayList<>();
        for (SourceFile file : compilation.files()) {
            for (Declaration declaration : file.declarations()) {
                if (declaration instanceof Declaration.Test test
                        && only.matcher(file.path() + ": " + test.title().text()).find()) {
                    results.add(run(pack, file.path(), test, coverage));
                }
            }
        }
        return new TestReport(results);
    }

    private TestResult run(PackModel pack, String file, Declaration.Test test,
            Optional<CoverageRecorder> coverage) {
        long began = clock.millis();
        List<Failure> failures = new ArrayList<>();
        List<Observation> recorded = new ArrayList<>();
        for (Given line : test.given()) {
            if (line instanceof Given.RecordingFile recording) {
                recorded.addAll(recordings.read(pack, recording.path().text(),
                        problem -> failures.add(new Failure(recording.span(), problem, List.of()))));
            }
        }
        TestClock zero = TestClock.of(recorded);
        List<Observation> records = new ArrayList<>(GivenRecords.of(test.given(), pack, zero.millis()));
        records.addAll(recorded);
        records.sort(Comparator.comparingLong(Observation::ts));
        long until = zero.millis() + horizon(test);
        TestStage.Played played = TestStage.play(pack, topology, records, zero, new Script(test.given()), until,
                TestStage.Asked.legs(coverage.map(recorder -> recorder)));
        coverage.ifPresent(recorder -> recorder.played(played.seen()));
        Reasons reasons = new Reasons(test.expect(), zero, questions -> TestStage.play(pack, topology, records, zero,
                new Script(test.given()), until, TestStage.Asked.why(questions)));
        failures.addAll(new Judgement(pack, topology, played, reasons, zero).of(test.expect()));
        return new TestResult(file, test.title().text(), test.span(), failures, clock.millis() - began);
    }

    private static long horizon(Declaration.Test test) {
        long last = 0;
        for (Expectation line : test.expect()) {
            if (line instanceof Expectation.Fires fires) {
                last = Math.max(last, fires.to().orElse(fires.from()).millis());
            }
        }
        return last;
    }
}
