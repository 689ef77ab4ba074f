package io.prunella.ruler.index;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is remembered of a rule's subjects, found by the subject's number without boxes. */
final class Instances {
    private static final int SMALLEST = 4;
    /** A table of this size is kept. */
    private static final int SMALL = 32;

    private @Nullable Instance[] table = new @Nullable Instance[SMALLEST];
    private int size;

    @Nullable
    Instance get(int subject) {
        return table[slot(subject)];
    }

    /** Adds one whose subject has none. */
    void add(Instance instance) {
        if (++size * 2 > table.length) {
            rehash(table.length * 2);
        }
        table[slot(instance.subject)] = instance;
    }

    void remove(int subject) {
        int hole = slot(subject);
        if (table[hole] == null) {
            return;
        }
        size--;
        int mask = table.length - 1;
        // Whoever was pushed past the hole moves into it, so that no search ends there too early.
        for (int at = (hole + 1) & mask;; at = (at + 1) & mask) {
            Instance moved = table[at];
            if (moved == null) {
                break;
            }
            if (((at - home(moved.subject)) & mask) >= ((at - hole) & mask)) {
                table[hole] = moved;
                hole = at;
            }
        }
        table[hole] = null;
        if (table.length > SMALL && size * 8 < table.length) {
            // There were many at once: not for good.
            rehash(table.length / 2);
        }
    }

    List<Instance> all() {
        return present().toList();
    }

    void clear() {
        Arrays.fill(table, null);
        size = 0;
    }

    private Stream<Instance> present() {
        return Arrays.stream(table).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private int home(int subject) {
        return ((subject * 0x9E3779B9) >>> 8) & (table.length - 1);
    }

    private int slot(int subject) {
        int mask = table.length - 1;
        int at = home(subject);
        for (Instance there = table[at]; there != null && there.subject != subject; there = table[at]) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void rehash(int length) {
        List<Instance> all = all();
        table = new @Nullable Instance[length];
        all.forEach(instance -> table[slot(instance.subject)] = instance);
    }
}
