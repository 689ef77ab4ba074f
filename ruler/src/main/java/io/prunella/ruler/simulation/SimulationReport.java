package io.prunella.ruler.simulation;

import io.prunella.ruler.recording.RecordingReport;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation saw.
 *
 * @param notices what the ruler had to say that is no firing
 * @param first the least time of a record that was used, epoch milliseconds; absent when none was
 * @param last where the clock ended, likewise
 * @param entities how many of each kind the records named
 */
public record SimulationReport(RecordingReport recording, long firings, List<String> notices, OptionalLong first,
        OptionalLong last, SortedMap<String, Integer> entities) {
    public SimulationReport {
        notices = List.copyOf(notices);
        entities = Collections.unmodifiableSortedMap(new TreeMap<>(entities));
    }
}
