package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All subjects of one way of telling them apart ({@code by:}), and which series count for which.
 *
 * <p>A series that lacks a label of {@code by} counts for every subject that agrees on the labels that it has.
 */
public final class Subjects {
    /** What {@code by: entity} is called here, and the label by which a combination names its machine. */
    static final String ENTITY = "entity";

    /** Somebody whom no record has named: without series, and with no label but those of the inventory. */
    static final int STRANGER = -1;

    private static final int NONE = -1;
    private static final int WIDE = -2;

    /** What a subject is called that is a whole pack. */
    private static final String PACK = "pack";

    private final List<String> by;
    private final SeriesStore series;
    /** What conditions of these subjects ask beyond their series. */
    final Beyond beyond;
    private final @Nullable String pack;
    private final Map<List<String>, Integer> numbers = new HashMap<>();
    private final List<List<String>> values = new ArrayList<>();
    private final List<IntList> seriesOf = new ArrayList<>();
    private int[] soleSubject = new int[0];
    /** Series that count for several subjects, now or later. */
    private final IntList wide = new IntList();
    private final SubjectLabels labels;
    private final Set<Long> poisoned = new HashSet<>();
    private final List<SelectorSlot> slots = new ArrayList<>();
    private int filled;
    private final Map<String, SelectorSlot> slotsByText = new HashMap<>();
    private int[] @Nullable [] rows = new int[16] @Nullable [];
    private final List<int[]> several = new ArrayList<>();

    Subjects(List<String> by, SeriesStore series, Beyond beyond) {
        this(by, series, beyond, null);
    }

    private Subjects(List<String> by, SeriesStore series, Beyond beyond, @Nullable String pack) {
        this.by = List.copyOf(by);
        this.series = series;
        this.beyond = beyond;
        this.pack = pack;
        this.labels = new SubjectLabels(this);
    }

    /** One subject, of which every record speaks: the pack itself. */
    static Subjects ofPack(String name, SeriesStore series, Beyond beyond) {
        Subjects subjects = new Subjects(List.of(PACK), series, beyond, name);
        subjects.of(Collections.singletonList(name));
        return subjects;
    }

    boolean ofPack() {
        return pack != null;
    }

    int size() {
        return values.size();
    }

    SeriesStore series() {
        return series;
    }

    /** Labels that tell one subject from another. */
    public List<String> by() {
        return by;
    }

    /** The values of {@code by}, in its order. */
    public List<String> valuesOf(int subject) {
        return values.get(subject);
    }

    /** What output calls {@code subject}. */
    public Map<String, String> named(int subject) {
        if (by.size() == 1) {
            return Map.of(by.get(0), values.get(subject).get(0));
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < by.size(); i++) {
            named.put(by.get(i), values.get(subject).get(i));
        }
        return named;
    }

    /** The machine where {@code by} has it, else kind and name made of its first label: {@code rack/r3}. */
    public String entityOf(int subject) {
        if (subject == STRANGER) {
            return "";
        }
        List<String> own = values.get(subject);
        int machine = by.indexOf(ENTITY);
        return machine >= 0 ? own.get(machine) : by.get(0) + "/" + own.get(0);
    }

    /** The subject that a record makes, if it carries all labels of {@code by}; -1 otherwise. */
    int of(List<? extends @Nullable String> parts) {
        if (parts.contains(null)) {
            return -1;
        }
        List<String> whole = new ArrayList<>();
        for (String part : parts) {
            if (part != null) {
                whole.add(part);
            }
        }
        Integer known = numbers.get(whole);
        if (known != null) {
            return known;
        }
        int subject = values.size();
        numbers.put(whole, subject);
        values.add(List.copyOf(whole));
        seriesOf.add(new IntList());
        if (subject == rows.length) {
            rows = Arrays.copyOf(rows, subject * 2);
        }
        for (int i = 0; i < wide.size(); i++) {
            if (agrees(subject, partsOf(wide.get(i)))) {
                attach(subject, wide.get(i));
            }
        }
        labels.born(subject);
        return subject;
    }

    /** The subjects of an entity. */
    void ofEntity(String entity, IntList into) {
        into.clear();
        if (by.size() == 1) {
            String kind = by.get(0) + "/";
            int subject = by.get(0).equals(ENTITY)
                    ? find(List.of(entity))
                    : entity.startsWith(kind) ? find(List.of(entity.substring(kind.length()))) : NONE;
            if (subject >= 0) {
                into.add(subject);
            }
            return;
        }
        for (int subject = 0; subject < values.size(); subject++) {
            if (entityOf(subject).equals(entity)) {
                into.add(subject);
            }
        }
    }

    int find(List<String> whole) {
        return numbers.getOrDefault(whole, -1);
    }

    /** What a record says of each label of {@code by}; null where it says nothing. */
    List<@Nullable String> parts(String entity, Map<String, String> labels) {
        List<@Nullable String> parts = new ArrayList<>(by.size());
        if (pack != null) {
            parts.add(pack);
            return parts;
        }
        for (String label : by) {
            parts.add(label.equals(ENTITY) ? entity : labels.get(label));
        }
        return parts;
    }

    boolean agrees(int subject, List<@Nullable String> parts) {
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part != null && !part.equals(values.get(subject).get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Every subject for which a record with these parts counts, one that it makes included. */
    void matching(List<@Nullable String> parts, IntList into) {
        into.clear();
        int own = of(parts);
        if (own >= 0) {
            into.add(own);
            return;
        }
        for (int subject = 0; subject < values.size(); subject++) {
            if (agrees(subject, parts)) {
                into.add(subject);
            }
        }
    }

    /** A series' first record. */
    void born(int number) {
        List<@Nullable String> parts = partsOf(number);
        if (number >= soleSubject.length) {
            int length = soleSubject.length;
            soleSubject = Arrays.copyOf(soleSubject, series.capacity());
            Arrays.fill(soleSubject, length, soleSubject.length, NONE);
        }
        int own = of(parts);
        soleSubject[number] = own < 0 ? WIDE : own;
        if (own >= 0) {
            attach(own, number);
            return;
        }
        wide.add(number);
        for (int subject = 0; subject < values.size(); subject++) {
            if (agrees(subject, parts)) {
                attach(subject, number);
            }
        }
    }

    /** Whether a series counts for it that counts for others too, and so may have been there before it. */
    boolean sharesSeries(int subject) {
        IntList all = seriesOf.get(subject);
        for (int i = 0; i < all.size(); i++) {
            int number = all.get(i);
            if (number < soleSubject.length && soleSubject[number] == WIDE) {
                return true;
            }
        }
        return false;
    }

    /** The one subject for which a series counts; negative where there are several, or none yet. */
    int soleOf(int number) {
        return number < soleSubject.length ? soleSubject[number] : NONE;
    }

    /** The subjects for which a series counts, once it was born. */
    void subjectsOf(int number, IntList into) {
        into.clear();
        int own = number < soleSubject.length ? soleSubject[number] : NONE;
        if (own >= 0) {
            into.add(own);
        } else if (own == WIDE) {
            matching(partsOf(number), into);
        }
    }

    private List<@Nullable String> partsOf(int number) {
        return parts(series.entityOf(number), series.labelsOf(number));
    }

    private void attach(int subject, int number) {
        seriesOf.get(subject).add(number);
        if ((series.state[number] & SeriesStore.POISONOUS) != 0) {
            poison(subject, series.metric[number]);
        }
        for (SelectorSlot slot : slots) {
            if (slot.takes(series, number)) {
                put(subject, slot.number(), number);
            }
        }
    }

    // --- which series a selector means

    int slot(SelectorSlot.Meaning meaning) {
        SelectorSlot known = slotsByText.get(meaning.text());
        if (known != null) {
            return known.number();
        }
        SelectorSlot slot = new SelectorSlot(slots.size(), meaning);
        slots.add(slot);
        slotsByText.put(meaning.text(), slot);
        return slot.number();
    }

    /** Fills new slots for everything that is already known. */
    void fill() {
        int first = filled;
        filled = slots.size();
        if (first == filled) {
            return;
        }
        for (int subject = 0; subject < values.size(); subject++) {
            IntList all = seriesOf.get(subject);
            for (int i = 0; i < all.size(); i++) {
                for (SelectorSlot slot : slots.subList(first, slots.size())) {
                    if (slot.takes(series, all.get(i))) {
                        put(subject, slot.number(), all.get(i));
                    }
                }
            }
        }
    }

    /** -1 for none, a series' number for exactly one, else {@code -2 - n} for {@link #several}. */
    int sole(int subject, int slot) {
        if (subject == STRANGER) {
            return NONE;
        }
        int[] row = rows[subject];
        return row == null || slot >= row.length ? -1 : row[slot];
    }

    int[] several(int code) {
        return several.get(-2 - code);
    }

    private void put(int subject, int slot, int number) {
        int[] row = rows[subject];
        if (row == null || slot >= row.length) {
            int length = row == null ? 0 : row.length;
            row = row == null ? new int[slots.size()] : Arrays.copyOf(row, slots.size());
            Arrays.fill(row, length, row.length, -1);
            rows[subject] = row;
        }
        int code = row[slot];
        if (code == -1) {
            row[slot] = number;
        } else if (code >= 0) {
            several.add(series.compare(code, number) <= 0 ? new int[]{code, number} : new int[]{number, code});
            row[slot] = -1 - several.size();
        } else {
            int[] old = several(code);
            int[] longer = Arrays.copyOf(old, old.length + 1);
            int at = old.length;
            while (at > 0 && series.compare(longer[at - 1], number) > 0) {
                longer[at] = longer[at - 1];
                at--;
            }
            longer[at] = number;
            several.set(-2 - code, longer);
        }
    }

    // --- labels

    /** The series that count for a subject. */
    IntList seriesOf(int subject) {
        return seriesOf.get(subject);
    }

    /** An event brought labels to every subject that agrees, those to come included. */
    void wideEventTouches(List<@Nullable String> said, Map<String, String> brought, long arrival) {
        labels.wideTouches(said, brought, arrival);
    }

    void eventTouches(int subject, Map<String, String> brought, long arrival) {
        labels.touches(subject, brought, arrival);
    }

    /** From the subject's newest record that carries it; the empty string when none does. */
    public String label(int subject, String name) {
        return subject == STRANGER ? "" : labels.label(subject, name);
    }

    /** All of a subject's labels, each from the newest record that carries it. */
    public Map<String, String> labels(int subject) {
        return pack != null ? Map.of() : labels.all(subject);
    }

    // --- metrics that sent what a ratio can't be

    boolean poison(int subject, int metric) {
        return poisoned.add(key(subject, metric));
    }

    boolean poisoned(int subject, int metric) {
        return !poisoned.isEmpty() && poisoned.contains(key(subject, metric));
    }

    private static long key(int subject, int metric) {
        return ((long) subject << 32) | metric;
    }
}
