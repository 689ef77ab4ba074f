package io.prunella.ruler.index;

import java.util.Arrays;

/** Subjects of one rule that are to be judged in this round, each once, in the order marked. */
final class Marks {
    private static final int[] NONE = {};
    private static final long[] NOBODY = {};
    /** Of a list this long nothing is given back. */
    private static final int SMALL = 32;

    private int[] subjects = NONE;
    private int size;
    /** Which subjects are among them, a bit for each. */
    private long[] marked = NOBODY;

    /**
     * Marks a subject.
     *
     * @return whether it is the first
     */
    boolean add(int subject) {
        int word = subject >>> 6;
        if (word >= marked.length) {
            marked = Arrays.copyOf(marked, Math.max(word + 1, marked.length * 2));
        }
        long bit = 1L << subject;
        if ((marked[word] & bit) != 0) {
            return false;
        }
        marked[word] |= bit;
        if (size == subjects.length) {
            subjects = Arrays.copyOf(subjects, Math.max(4, size * 2));
        }
        subjects[size++] = subject;
        return size == 1;
    }

    boolean contains(int subject) {
        int word = subject >>> 6;
        return word < marked.length && (marked[word] & 1L << subject) != 0;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return subjects[index];
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            marked[subjects[i] >>> 6] = 0;
        }
        if (subjects.length > SMALL && size * 4 < subjects.length) {
            // When all subjects are new, or a reload has all judged, there are many: not for good.
            subjects = new int[subjects.length / 2];
        }
        size = 0;
    }
}
