package io.prunella.ruler.index;

import io.prunella.compiler.rule.SeriesSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All series that a selector means, whoever's they are, by their own values of some labels: {@code sum by (rack) (x)}.
 *
 * <p>An absent label is the empty string, so what has no rack is together with what has none.
 */
final class Gathering {
    private final SeriesStore series;
    private final Subjects entities;
    private final int metric;
    private final SeriesSelector selector;
    private final List<String> by;
    private final Map<List<String>, Integer> numbers = new HashMap<>();
    private final List<int[]> groups = new ArrayList<>();
    private final Map<Integer, Integer> groupOf = new HashMap<>();
    private final LongSet touched = new LongSet();

    Gathering(SeriesStore series, Subjects entities, int metric, SeriesSelector selector, List<String> by) {
        this.series = series;
        this.entities = entities;
        this.metric = metric;
        this.selector = selector;
        this.by = by;
        for (int number = 0; number < series.size(); number++) {
            if ((series.state[number] & SeriesStore.BORN) != 0) {
                born(number);
            }
        }
    }

    /** A series' first record. */
    void born(int number) {
        if (series.metric[number] != metric || groupOf.containsKey(number)
                || !selector.takes(series.labelsOf(number))) {
            return;
        }
        Map<String, String> labels = series.labelsOf(number);
        List<String> key = by.stream().map(label -> label.equals(Subjects.ENTITY)
                ? series.entityOf(number)
                : labels.getOrDefault(label, "")).toList();
        int group = numbers.computeIfAbsent(key, _ -> groups.size());
        if (group == groups.size()) {
            groups.add(new int[0]);
        }
        int[] members = Arrays.copyOf(groups.get(group), groups.get(group).length + 1);
        int at = members.length - 1;
        while (at > 0 && series.compare(members[at - 1], number) > 0) {
            members[at] = members[at - 1];
            at--;
        }
        members[at] = number;
        groups.set(group, members);
        groupOf.put(number, group);
    }

    /** Those that share a subject's labels. */
    int[] of(Subjects subjects, int subject) {
        Integer group = group(subjects, subject);
        return group == null ? new int[0] : groups.get(group);
    }

    private @Nullable Integer group(Subjects subjects, int subject) {
        return numbers.get(by.stream().map(label -> label.equals(Subjects.ENTITY)
                ? subjects.entityOf(subject)
                : subjects.label(subject, label)).toList());
    }

    /** Whether the entity of a series has sent of the metric what no ratio can be. */
    boolean poisoned(int number, int guardedMetric) {
        int entity = entities.find(List.of(series.entityOf(number)));
        return entity >= 0 && entities.poisoned(entity, guardedMetric);
    }

    /** A series has changed; whether it is the first since {@link #concerned}. */
    boolean touch(int number) {
        Integer group = groupOf.get(number);
        if (group == null) {
            return false;
        }
        touched.add(group);
        return touched.size() == 1;
    }

    /** Every subject for which something has changed. */
    void concerned(Subjects subjects, IntConsumer each) {
        for (int subject = 0; subject < subjects.size(); subject++) {
            Integer group = group(subjects, subject);
            if (group != null && touched.contains(group)) {
                each.accept(subject);
            }
        }
        touched.clear();
    }
}
