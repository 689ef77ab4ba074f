package io.prunella.ruler.recording;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a recording's lines: nothing is lost silently.
 *
 * @param late records that came too late and were dropped; they are among the samples and events, too
 * @param unusable lines that were skipped
 * @param broken those of them that are no JSON at all
 * @param problems the first ones of each kind, in the order of the lines
 * @param unreadable recordings that say nothing, or not all that they should: {@code file: why}, one for each
 */
public record RecordingReport(long lines, long samples, long events, long late, long unusable, long broken,
        List<RecordingProblem> problems, List<String> unreadable) {
    public RecordingReport {
        problems = List.copyOf(problems);
        unreadable = List.copyOf(unreadable);
    }

    public static RecordingReport empty() {
        return new RecordingReport(0, 0, 0, 0, 0, 0, List.of(), List.of());
    }

    /** Of both together. */
    public RecordingReport and(RecordingReport other) {
        return new RecordingReport(lines + other.lines, samples + other.samples, events + other.events,
                late + other.late, unusable + other.unusable, broken + other.broken,
                Stream.concat(problems.stream(), other.problems.stream()).toList(),
                Stream.concat(unreadable.stream(), other.unreadable.stream()).toList());
    }
}
