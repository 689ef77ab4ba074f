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
    long[] ts;
    /** A shard's own number of the series; of what is no sample, {@code -1 -} its place among {@link #others}. */
    int[] series;
    double[] value;
    int[] line;
    final List<Observation> others = new ArrayList<>();
    /** Lines that could not be used. */
    int[] unusable = new int[16];
    int unusables;
    /** Which of those are no JSON at all. */
    final BitSet broken = new BitSet();
    /** In the order of the lines; of each kind only the first ones. */
    final List<Problem> problems = new ArrayList<>();

    /** A page of no line yet, with room for so many records before it has to grow. */
    ParsedPage(Page.Ending ending, int expected) {
        this.ending = ending;
        ts = new long[expected];
        series = new int[expected];
        value = new double[expected];
        line = new int[expected];
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
            int more = Math.max(16, records * 2);
            ts = Arrays.copyOf(ts, more);
            series = Arrays.copyOf(series, more);
            value = Arrays.copyOf(value, more);
            line = Arrays.copyOf(line, more);
        }
    }
}
