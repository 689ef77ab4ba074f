package io.prunella.ruler.recording;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads a line by comparing it with one expected there: recordings bring their series in much the same order each time.
 *
 * <p>Of a line that was scanned it keeps all bytes but those of its time and its value. A line with the same bytes
 * around them would be scanned alike, so only those two are read; by the same rules as {@link LineScanner} has.
 */
final class LineGuess {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NONE = Literals.NONE;
    /** What is kept at most; series beyond are scanned. */
    private static final int MOST = 1 << 28;
    /** Where the parts of a line begin: before both, between them, behind both, and where that ends. */
    private static final int PARTS = 4;

    /** 8 bytes more than are used, so that a long may be read at each. */
    private byte[] text = new byte[4096];
    private int used;
    private int[] parts = new int[256 * PARTS];
    private boolean[] valueFirst = new boolean[256];
    /** The series that came behind; -1 while none has. */
    private int[] next = new int[256];
    private int number = NONE;

    /** How the last time was spelled, and which it is: most lines have the one of the line before. */
    private byte[] spelling = new byte[64];
    private int spelled;
    private long spelledTs;

    private final Literals literals;
    private int at;

    /** @param literals where the time and value of a line that was read are left */
    LineGuess(Literals literals) {
        this.literals = literals;
        Arrays.fill(next, NONE);
    }

    /** Which spelling of a series the last line had. */
    int number() {
        return number;
    }

    /** The line that was not guessed was this one. */
    void came(int found) {
        if (number != NONE && number < next.length) {
            next[number] = found;
        }
        number = found;
    }

    /** Keeps a line, end excluded, that was scanned with its time and value at those places. */
    void learn(int fresh, byte[] line, int tsFrom, int tsTo, int valueFrom, int valueTo, int start, int end) {
        if (end - start > MOST - used) {
            came(fresh);
            return;
        }
        if (fresh >= next.length) {
            int before = next.length;
            int size = Math.max(fresh + 1, before * 2);
            next = Arrays.copyOf(next, size);
            Arrays.fill(next, before, size, NONE);
            valueFirst = Arrays.copyOf(valueFirst, size);
            parts = Arrays.copyOf(parts, size * PARTS);
        }
        boolean swapped = valueFrom < tsFrom;
        valueFirst[fresh] = swapped;
        int part = fresh * PARTS;
        parts[part] = used;
        keep(line, start, swapped ? valueFrom : tsFrom);
        parts[part + 1] = used;
        keep(line, swapped ? valueTo : tsTo, swapped ? tsFrom : valueFrom);
        parts[part + 2] = used;
        keep(line, swapped ? tsTo : valueTo, end);
        parts[part + 3] = used;
        came(fresh);
    }

    private void keep(byte[] line, int from, int to) {
        int length = to - from;
        if (used + length + Long.BYTES > text.length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, used + length + Long.BYTES));
        }
        System.arraycopy(line, from, text, used, length);
        used += length;
    }

    /** Where the line ends that begins at {@code start}, with its time and value set; -1 if it is not the expected one. */
    int read(byte[] bytes, int start, int to) {
        int last = number;
        if (last == NONE || last >= next.length) {
            return NONE;
        }
        int expected = next[last];
        // One beyond what is kept has no parts.
        if (expected == NONE || expected >= next.length) {
            return NONE;
        }
        int part = expected * PARTS;
        int first = parts[part];
        int second = parts[part + 1];
        int third = parts[part + 2];
        int stop = parts[part + 3];
        if (stop == first) {
            return NONE;
        }
        at = start;
        boolean swapped = valueFirst[expected];
        if (!same(first, second, bytes, to) || !(swapped ? number(bytes, to) : time(bytes, to))
                || !same(second, third, bytes, to) || !(swapped ? time(bytes, to) : number(bytes, to))
                || !same(third, stop, bytes, to) || (at < to && bytes[at] != '\n')
                || at - start > RecordingReader.LONGEST) {
            return NONE;
        }
        number = expected;
        return at;
    }

    /** Passes over the bytes of a part. */
    private boolean same(int from, int stop, byte[] bytes, int to) {
        int here = at;
        int length = stop - from;
        at = here + length;
        return length <= to - here && equal(text, from, length, bytes, here);
    }

    /** Whether that many bytes are the same; behind those known there are 8 more. */
    private static boolean equal(byte[] known, int from, int length, byte[] bytes, int here) {
        if (here + length + Long.BYTES > bytes.length) {
            return Arrays.equals(known, from, from + length, bytes, here, here + length);
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONG.get(known, from + i) != (long) LONG.get(bytes, here + i)) {
                return false;
            }
        }
        int rest = length - i;
        // The first byte is the lowest: what lies behind the part is shifted out.
        return rest == 0
                || ((long) LONG.get(known, from + i) ^ (long) LONG.get(bytes, here + i)) << (64 - 8 * rest) == 0;
    }

    private boolean time(byte[] bytes, int to) {
        int here = at;
        int length = spelled;
        // Whether it goes on behind that, the part behind it tells: it begins with no digit.
        if (length > 0 && length < to - here && equal(spelling, 0, length, bytes, here)) {
            at = here + length;
            literals.ts = spelledTs;
            return true;
        }
        int stop = literals.time(bytes, here, to);
        if (stop == NONE) {
            return false;
        }
        length = stop - here;
        if (length <= spelling.length - Long.BYTES) {
            System.arraycopy(bytes, here, spelling, 0, length);
            spelled = length;
            spelledTs = literals.ts;
        }
        at = stop;
        return true;
    }

    private boolean number(byte[] bytes, int to) {
        int stop = literals.number(bytes, at, to);
        at = stop;
        return stop != NONE;
    }
}
