package io.prunella.ruler.index;

import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.plan.Truth;
import io.prunella.ruler.index.Term.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    private final Map<List<String>, Group> groups = new HashMap<>();
    private final Map<Integer, Group> groupOf = new HashMap<>();
    private final List<Group> touched = new ArrayList<>();
    /** The comparison in which it is, if that is the same for all who share the labels; else null. */
    private @Nullable Node shared;

    /** The series of equal labels, and who looks at them. */
    static final class Group {
        private final IntList members = new IntList();
        private int @Nullable [] inOrder;
        private final LongSet lookers = new LongSet();
        private boolean touched;
        /** Whether there is one more member, so that what is unknown may be so in another way. */
        private boolean grown;
        private @Nullable Truth told;
        /** What is made of the values of all, while none changes. */
        @Nullable
        Values made;
    }

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

    /** A comparison that is the same for all subjects who share the labels. */
    void sharedBy(Node node) {
        shared = node;
    }

    /** A series' first record. */
    void born(int number) {
        if (series.metric[number] != metric || groupOf.containsKey(number)
                || !selector.takes(series.labelsOf(number))) {
            return;
        }
        Map<String, String> labels = series.labelsOf(number);
        Group group = group(by.stream().map(label -> label.equals(Subjects.ENTITY)
                ? series.entityOf(number)
                : labels.getOrDefault(label, "")).toList());
        group.members.add(number);
        group.inOrder = null;
        group.made = null;
        group.grown = true;
        groupOf.put(number, group);
    }

    private Group group(List<String> key) {
        return groups.computeIfAbsent(key, _ -> new Group());
    }

    /** Those that share a subject's labels. */
    Group group(Subjects subjects, int subject) {
        Group group = group(by.stream().map(label -> label.equals(Subjects.ENTITY)
                ? subjects.entityOf(subject)
                : subjects.label(subject, label)).toList());
        if (subject >= 0) {
            group.lookers.add(subject);
        }
        return group;
    }

    /** The series of those that share a subject's labels, in order. */
    int[] of(Subjects subjects, int subject) {
        Group group = group(subjects, subject);
        if (group.inOrder == null) {
            group.inOrder = IntStream.range(0, group.members.size()).map(group.members::get).boxed()
                    .sorted(series::compare).mapToInt(number -> number).toArray();
        }
        return group.inOrder;
    }

    /** Whether the entity of a series has sent of the metric what no ratio can be. */
    boolean poisoned(int number, int guardedMetric) {
        int entity = entities.find(List.of(series.entityOf(number)));
        return entity >= 0 && entities.poisoned(entity, guardedMetric);
    }

    /** A series has changed; whether it is the first since {@link #concerned}. */
    boolean touch(int number) {
        Group group = groupOf.get(number);
        if (group == null || group.touched) {
            return false;
        }
        group.touched = true;
        group.made = null;
        touched.add(group);
        return touched.size() == 1;
    }

    /** Every subject for which something has changed that can change a comparison. */
    void concerned(Rule rule, Sight sight, Round round) {
        for (Group group : touched) {
            group.touched = false;
            group.made = null;
            if (turned(group, rule, sight, round)) {
                for (int i = 0; i < group.lookers.size(); i++) {
                    round.mark(rule, (int) group.lookers.get(i));
                }
            }
        }
        touched.clear();
    }

    private boolean turned(Group group, Rule rule, Sight sight, Round round) {
        if (shared == null || group.grown) {
            group.grown = false;
            group.told = null;
            return true;
        }
        for (int i = 0; i < group.lookers.size(); i++) {
            int subject = (int) group.lookers.get(i);
            if (group(rule.subjects, subject) == group) {
                Truth truth = shared.truth(sight.at(rule.subjects, subject, round.now, new long[0]));
                boolean turned = truth != group.told;
                group.told = truth;
                return turned;
            }
        }
        return true;
    }
}
