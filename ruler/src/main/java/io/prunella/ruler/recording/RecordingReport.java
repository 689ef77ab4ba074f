package io.prunella.ruler.recording;

import java.util.List;

/**
 * What became of a recording's lines: nothing is lost silently.
 *
 * @param unusable lines that were skipped, each counted once; {@code problems} shows the first ones of each kind
 */
public record RecordingReport(long lines, long samples, long events, long late, long unusable,
        List<RecordingProblem> problems) {
    public RecordingReport {
        problems = List.copyOf(problems);
    }
}
