package io.prunella.ruler.simulation;

import io.prunella.ruler.recording.RecordingReport;
import java.util.List;

/**
 * What a simulation saw.
 *
 * @param notices what the ruler had to say that is no firing
 */
public record SimulationReport(RecordingReport recording, long firings, List<String> notices) {
    public SimulationReport {
        notices = List.copyOf(notices);
    }
}
