package io.prunella.ruler.index;

import java.util.Arrays;
import java.util.Map;

/**
 * Every series ever seen, as numbers into primitive arrays: who it is, its newest value, and the band of values within
 * which nothing that any rule asks can change.
 */
final class SeriesStore {
    /** No sample yet. */
    static final long NEVER = Long.MIN_VALUE;

    /** Bits of {@link #state}: it has sent what no ratio can be; a timer of its staleness is under way. */
    static final int POISONOUS = 1;
    static final int TIMED = 2;
    /** Its labels and those of another series of its subject disagree, and some rule asks. */
    static final int DISPUTED = 4;
    /** It had a record. */
    static final int BORN = 8;
    /** How many of the deadlines of its metric the newest value has outlived, in the upper bits. */
    static final int STAGE_SHIFT = 4;

    private static final int MOST_IN_A_WINDOW = 131_072;

    final Names entities = new Names();
    final Names metrics = new Names();
    final LabelSets labelSets = new LabelSets();
    final Windows windows = new Windows(this, MOST_IN_A_WINDOW);

    int[] entity = new int[256];
    int[] metric = new int[256];
    int[] labels = new int[256];
    byte[] state = new byte[256];

    /**
     * What a sample reads and writes, side by side, so that it finds it all in one place of memory: of each series its band
     * {@code [low, high)} as two floats, of which NaN sends the next sample the slow way; the bits of its newest value; the
     * time of that; and the number of its newest record, stale markers included, which is 0 before the first.
     */
    private long[] hot = new long[256 * WIDTH];

    private static final int WIDTH = 4;
    private static final int VALUE = 1;
    private static final int TS = 2;
    private static final int ARRIVAL = 3;

    private int size;
    private int[] table = new int[1024];

    SeriesStore() {
        Arrays.fill(table, -1);
    }

    int size() {
        return size;
    }

    int of(String entityName, String metricName, Map<String, String> labelSet) {
        return of(entities.of(entityName), metrics.of(metricName), labelSets.of(labelSet));
    }

    private int of(int entityNumber, int metricNumber, int labelsNumber) {
        int at = slot(entityNumber, metricNumber, labelsNumber);
        if (table[at] >= 0) {
            return table[at];
        }
        if (size == entity.length) {
            grow();
        }
        if (size * 2 >= table.length) {
            rehash();
            at = slot(entityNumber, metricNumber, labelsNumber);
        }
        int series = size++;
        table[at] = series;
        entity[series] = entityNumber;
        metric[series] = metricNumber;
        labels[series] = labelsNumber;
        hot[series * WIDTH + TS] = NEVER;
        settle(series, Double.NaN, Double.NaN);
        return series;
    }

    Map<String, String> labelsOf(int series) {
        return labelSets.get(labels[series]);
    }

    String entityOf(int series) {
        return entities.get(entity[series]);
    }

    /** How many series there is room for: a length for arrays by series. */
    int capacity() {
        return entity.length;
    }

    /** The newest value; anything while there was none. */
    double value(int series) {
        return Double.longBitsToDouble(hot[series * WIDTH + VALUE]);
    }

    /** Time of the newest sample; {@link #NEVER} while there was none. */
    long ts(int series) {
        return hot[series * WIDTH + TS];
    }

    /** Number of the newest record, stale markers included; 0 before the first. */
    long arrival(int series) {
        return hot[series * WIDTH + ARRIVAL];
    }

    /** Another newest value, which is no record. */
    void change(int series, double value, long ts) {
        hot[series * WIDTH + VALUE] = Double.doubleToRawLongBits(value);
        hot[series * WIDTH + TS] = ts;
    }

    /** There is no value, as {@code ts} says. */
    void end(int series, long ts) {
        hot[series * WIDTH + TS] = ts;
    }

    /** A sample came. */
    void arrived(int series, double value, long ts, long number) {
        change(series, value, ts);
        arrived(series, number);
    }

    /**
     * Takes samples of one instant for as long as they stay where nothing that any rule asks can change.
     *
     * @param number of the record at {@code from}
     * @return the place of the first that was not taken, or of an entry with a negative series, or {@code to}
     */
    int arrived(int[] numbers, double[] values, int from, int to, long ts, long number) {
        long[] own = hot;
        int i = from;
        while (i < to) {
            int series = numbers[i];
            if (series < 0) {
                break;
            }
            int at = series * WIDTH;
            double sample = values[i];
            if (!within(own[at], sample)) {
                break;
            }
            own[at + VALUE] = Double.doubleToRawLongBits(sample);
            own[at + TS] = ts;
            own[at + ARRIVAL] = number + (i - from);
            i++;
        }
        return i;
    }

    /** A record of a series came. */
    void arrived(int series, long number) {
        hot[series * WIDTH + ARRIVAL] = number;
    }

    /** Whether it has a value at {@code now}, given how long one is valid. */
    boolean valid(int series, long now, long staleMillis) {
        return ts(series) != NEVER && now - ts(series) < staleMillis;
    }

    /** Whether a value lies where nothing that any rule asks can change. */
    boolean inBand(int series, double sample) {
        return within(hot[series * WIDTH], sample);
    }

    private static boolean within(long band, double sample) {
        return sample >= Float.intBitsToFloat((int) (band >>> Float.SIZE))
                && sample < Float.intBitsToFloat((int) band);
    }

    /**
     * Sets the band within which samples change nothing.
     *
     * <p>Bounds are rounded inwards: a sample between a bound and its rounding goes the slow way, and changes nothing
     * there either.
     */
    void settle(int series, double low, double high) {
        float least = (float) low;
        float most = (float) high;
        hot[series * WIDTH] = (long) Float.floatToRawIntBits(least < low ? Math.nextUp(least) : least) << Float.SIZE
                | Integer.toUnsignedLong(Float.floatToRawIntBits(most > high ? Math.nextDown(most) : most));
    }

    /** By labels, then entity: the order in which several series of one subject are looked at. */
    int compare(int one, int other) {
        int byLabels = labelSets.text(labels[one]).compareTo(labelSets.text(labels[other]));
        return byLabels != 0 ? byLabels : entityOf(one).compareTo(entityOf(other));
    }

    /** Canonical text, e.g. {@code cpu_load{core="0"}}. */
    String text(int series) {
        String name = metrics.get(metric[series]);
        return labels[series] == LabelSets.NONE ? name : name + labelSets.text(labels[series]);
    }

    private int slot(int entityNumber, int metricNumber, int labelsNumber) {
        int mask = table.length - 1;
        long mixed = ((entityNumber * 31L + metricNumber) * 1_000_003L + labelsNumber) * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (table[at] >= 0) {
            int series = table[at];
            if (entity[series] == entityNumber && metric[series] == metricNumber && labels[series] == labelsNumber) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        // By a quarter: what is held for series yet to come is held by everybody who has a million of them.
        int length = size + (size >> 2);
        entity = Arrays.copyOf(entity, length);
        metric = Arrays.copyOf(metric, length);
        labels = Arrays.copyOf(labels, length);
        hot = Arrays.copyOf(hot, length * WIDTH);
        state = Arrays.copyOf(state, length);
    }

    private void rehash() {
        table = new int[table.length * 2];
        Arrays.fill(table, -1);
        for (int series = 0; series < size; series++) {
            table[slot(entity[series], metric[series], labels[series])] = series;
        }
    }
}
