package io.prunella.ruler.recording;

import io.prunella.ruler.Observation;
import io.prunella.ruler.recording.RecordingProblem.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What the lines of a page say, one after the other, in arrays, since a recording has millions of them. */
final class ParsedPage {
    /** A line that is no record, or not wholly; {@code line} counts from 1 in its page. */
    record Problem(int line, Kind kind, String message, String cure) {}

    final Page.Ending ending;
    int lines;
    int records;
    long[] ts = new long[1_024];
    /** A shard's own number of the series; of what is no sample, {@code -1 -} its place among {@link #others}. */
    int[] series = new int[1_024];
    double[] value = new double[1_024];
    int[] line = new int[1_024];
    final List<Observation> others = new ArrayList<>();
    /** Lines that could not be used. */
    int[] unusable = new int[16];
    int unusables;
    /** Which of those are no JSON at all. */
    final BitSet broken = new BitSet();
    /** In the order of the lines; of each kind only the first ones. */
    final List<Problem> problems = new ArrayList<>();

    ParsedPage(Page.Ending ending) {
        this.ending = ending;
    }

    void sample(long instant, int number, double v) {
        room();
        ts[records] = instant;
        series[records] = number;
        value[records] = v;
        line[records++] = lines;
    }

    void other(Observation observation) {
        room();
        ts[records] = observation.ts();
        series[records] = -1 - others.size();
        line[records++] = lines;
        others.add(observation);
    }

    void unusable(Kind kind) {
        broken.set(unusables, kind == Kind.BROKEN);
        if (unusables == unusable.length) {
            unusable = Arrays.copyOf(unusable, unusables * 2);
        }
        unusable[unusables++] = lines;
    }

    private void room() {
        if (records == ts.length) {
            ts = Arrays.copyOf(ts, records * 2);
            series = Arrays.copyOf(series, records * 2);
            value = Arrays.copyOf(value, records * 2);
            line = Arrays.copyOf(line, records * 2);
        }
    }
}
