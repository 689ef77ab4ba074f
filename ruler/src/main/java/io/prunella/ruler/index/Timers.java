package io.prunella.ruler.index;

import java.util.Arrays;

/**
 * What is due when: a heap of primitive entries with an exact look-up of the next instant.
 *
 * <p>Entries are never cancelled. Their owners keep at most one each and, when it comes due, look whether it still means
 * anything; so the heap holds no more entries than there are owners, however often a hold begins anew.
 */
public final class Timers {
    private long[] due = new long[64];
    private long[] what = new long[64];
    private int size;

    /** Adds an entry; {@code what} is the owner's affair. */
    public void add(long at, long owner) {
        if (size == due.length) {
            due = Arrays.copyOf(due, size * 2);
            what = Arrays.copyOf(what, size * 2);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (due[parent] <= at) {
                break;
            }
            due[hole] = due[parent];
            what[hole] = what[parent];
            hole = parent;
        }
        due[hole] = at;
        what[hole] = owner;
    }

    /** The earliest instant at which something is due; {@link Long#MAX_VALUE} when nothing is. */
    public long next() {
        return size == 0 ? Long.MAX_VALUE : due[0];
    }

    /** Takes the earliest entry off and tells its owner. */
    public long poll() {
        long owner = what[0];
        size--;
        long lastDue = due[size];
        long lastWhat = what[size];
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && due[child + 1] < due[child]) {
                child++;
            }
            if (lastDue <= due[child]) {
                break;
            }
            due[hole] = due[child];
            what[hole] = what[child];
            hole = child;
        }
        due[hole] = lastDue;
        what[hole] = lastWhat;
        return owner;
    }

    public int size() {
        return size;
    }
}
