package io.prunella.ruler.recording;

import java.util.Arrays;

/**
 * Reads the usual line of a sample straight from its bytes, and declines every other.
 *
 * <p>Recordings repeat themselves: behind a series mostly comes the one that came behind it before. {@link LineGuess}
 * tries that one first.
 *
 * <p>It recognises a series by the very bytes that name it, once {@link LineParser} has read them properly. So whatever
 * it accepts, the parser would have read alike; a property test holds it to that.
 */
final class LineScanner {
    private static final int NONE = Literals.NONE;

    /** Bytes that name known series, one after the other, and where each begins and ends. */
    private byte[] names = new byte[4096];
    private int namesUsed;
    private int[] from = new int[256];
    private int[] series = new int[256];
    private int[] hashes = new int[256];
    private int known;
    private int[] table = new int[1024];

    // Where the parts of the line last scanned are; empty for one that isn't there.
    private int entityFrom;
    private int entityTo;
    private int metricFrom;
    private int metricTo;
    private int labelsFrom;
    private int labelsTo;
    private int tsFrom;
    private int tsTo;
    private int valueFrom;
    private int valueTo;

    private final Literals literals = new Literals();
    private final LineGuess guess = new LineGuess(literals);

    // Where the scan is.
    private byte[] line = new byte[0];
    private int lineFrom;
    private int at;
    private int end;

    LineScanner() {
        Arrays.fill(table, NONE);
    }

    /** False when the line is not of the usual shape, or of a series not known yet. */
    boolean scan(byte[] bytes, int start, int to, Line into) {
        if (!shape(bytes, start, to)) {
            return false;
        }
        int number = find();
        if (number == NONE) {
            return false;
        }
        guess.came(number);
        into.sample(literals.ts, series[number], literals.value);
        return true;
    }

    /**
     * Reads the line that begins there if it is of the series that came next the last time, spelled as it was learned.
     *
     * @param to where the text ends, which the line may do before
     * @return where the line ends, its line feed left out; -1 when it has to be scanned
     */
    int guess(byte[] bytes, int start, int to, Line into) {
        int stop = guess.read(bytes, start, to);
        if (stop != NONE) {
            into.sample(literals.ts, series[guess.number()], literals.value);
        }
        return stop;
    }

    /** Remembers the series of a line that the parser took for a sample; false where it does or cannot. */
    boolean learn(byte[] bytes, int start, int to, int number) {
        boolean fresh = shape(bytes, start, to) && find() == NONE;
        if (fresh) {
            remember(number);
        }
        return fresh;
    }

    private boolean shape(byte[] bytes, int start, int to) {
        line = bytes;
        lineFrom = start;
        at = start;
        end = to;
        entityFrom = NONE;
        metricFrom = NONE;
        labelsFrom = 0;
        labelsTo = 0;
        boolean hasTs = false;
        boolean hasValue = false;
        if (!take('{')) {
            return false;
        }
        do {
            int key = at + 1;
            if (!string()) {
                return false;
            }
            int length = at - 1 - key;
            if (!take(':')) {
                return false;
            }
            spaces();
            boolean read;
            if (length == 2 && line[key] == 't' && line[key + 1] == 's') {
                tsFrom = at;
                read = !hasTs && timestamp();
                tsTo = at;
                hasTs = true;
            } else if (length == 5 && is(key, "value")) {
                valueFrom = at;
                read = !hasValue && number();
                valueTo = at;
                hasValue = true;
            } else if (length == 6 && is(key, "entity")) {
                int begin = at + 1;
                read = entityFrom == NONE && string();
                entityFrom = begin;
                entityTo = at - 1;
            } else if (length == 6 && is(key, "metric")) {
                int begin = at + 1;
                read = metricFrom == NONE && string();
                metricFrom = begin;
                metricTo = at - 1;
            } else if (length == 6 && is(key, "labels")) {
                int begin = at;
                read = labelsTo == 0 && labels();
                labelsFrom = begin;
                labelsTo = at;
            } else {
                return false;
            }
            if (!read) {
                return false;
            }
        } while (take(',') && spaces());
        if (!take('}')) {
            return false;
        }
        while (at < end && (line[at] == ' ' || line[at] == '\r' || line[at] == '\t')) {
            at++;
        }
        return at == end && hasTs && hasValue && entityFrom != NONE && metricFrom != NONE;
    }

    private boolean take(char expected) {
        spaces();
        if (at < end && line[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean spaces() {
        while (at < end && line[at] == ' ') {
            at++;
        }
        return true;
    }

    private boolean is(int key, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (line[key + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over a string without escapes; whether its bytes are UTF-8 the parser has checked. */
    private boolean string() {
        if (at >= end || line[at] != '"') {
            return false;
        }
        at++;
        while (at < end) {
            byte b = line[at++];
            if (b == '"') {
                return true;
            }
            if ((b >= 0 && b < ' ') || b == '\\') {
                return false;
            }
        }
        return false;
    }

    /** Passes over an object; whether it is one, its first reader has found out. */
    private boolean labels() {
        if (at >= end || line[at] != '{') {
            return false;
        }
        at++;
        while (at < end) {
            byte b = line[at];
            if (b == '"') {
                if (!string()) {
                    return false;
                }
            } else {
                at++;
                if (b == '}') {
                    return true;
                }
                if (b == '{') {
                    return false;
                }
            }
        }
        return false;
    }

    // What stands behind the two, the line goes on to see.

    private boolean timestamp() {
        return reached(literals.time(line, at, end));
    }

    private boolean number() {
        return reached(literals.number(line, at, end));
    }

    private boolean reached(int stop) {
        at = stop == NONE ? at : stop;
        return stop != NONE;
    }

    // --- series by their bytes

    private int hash() {
        int hash = 17;
        hash = hash(hash, entityFrom, entityTo);
        hash = hash(hash, metricFrom, metricTo);
        return hash(hash, labelsFrom, labelsTo);
    }

    private int hash(int seed, int start, int to) {
        int hash = seed * 31 + to - start;
        for (int i = start; i < to; i++) {
            hash = hash * 31 + line[i];
        }
        return hash;
    }

    private int find() {
        return table[slot(mixed(hash()))];
    }

    private static int mixed(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private int slot(int hash) {
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != NONE && !(hashes[table[slot]] == hash && same(table[slot]))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean same(int number) {
        int start = from[number];
        int stop = number + 1 < known ? from[number + 1] : namesUsed;
        int length = entityTo - entityFrom + metricTo - metricFrom + labelsTo - labelsFrom + 2;
        if (stop - start != length) {
            return false;
        }
        int next = match(start, entityFrom, entityTo);
        next = next == NONE || names[next] != '"' ? NONE : match(next + 1, metricFrom, metricTo);
        return next != NONE && names[next] == '"' && match(next + 1, labelsFrom, labelsTo) != NONE;
    }

    private int match(int name, int start, int to) {
        return Arrays.equals(names, name, name + to - start, line, start, to) ? name + to - start : NONE;
    }

    private void remember(int number) {
        int hash = mixed(hash());
        if (known == from.length) {
            from = Arrays.copyOf(from, known * 2);
            series = Arrays.copyOf(series, known * 2);
            hashes = Arrays.copyOf(hashes, known * 2);
        }
        if (known * 2 >= table.length) {
            rehash();
        }
        guess.learn(known, line, tsFrom, tsTo, valueFrom, valueTo, lineFrom, end);
        int slot = slot(hash);
        from[known] = namesUsed;
        series[known] = number;
        hashes[known] = hash;
        table[slot] = known++;
        keep(entityFrom, entityTo);
        keepQuote();
        keep(metricFrom, metricTo);
        keepQuote();
        keep(labelsFrom, labelsTo);
    }

    private void keep(int start, int to) {
        int length = to - start;
        if (namesUsed + length + 1 > names.length) {
            names = Arrays.copyOf(names, Math.max(names.length * 2, namesUsed + length + 1));
        }
        System.arraycopy(line, start, names, namesUsed, length);
        namesUsed += length;
    }

    private void keepQuote() {
        if (namesUsed == names.length) {
            names = Arrays.copyOf(names, namesUsed * 2);
        }
        names[namesUsed++] = '"';
    }

    private void rehash() {
        table = new int[table.length * 2];
        Arrays.fill(table, NONE);
        int mask = table.length - 1;
        for (int number = 0; number < known; number++) {
            int slot = hashes[number] & mask;
            while (table[slot] != NONE) {
                slot = (slot + 1) & mask;
            }
            table[slot] = number;
        }
    }
}
