package io.prunella.ruler.recording;

import io.prunella.ruler.Observation;
import org.jspecify.annotations.Nullable;

/** What a line of a recording says: a sample of a numbered series, or another observation. Used again for each line. */
final class Line {
    long ts;
    int series;
    double value;
    /** Null for a sample. */
    @Nullable
    Observation other;

    void sample(long instant, int number, double v) {
        ts = instant;
        series = number;
        value = v;
        other = null;
    }

    void other(Observation observation) {
        ts = observation.ts();
        other = observation;
    }
}
