package io.prunella.ruler.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What labels subjects have: of each the newest that a record brought, be it of a series or an event. */
final class SubjectLabels {
    private static final int NONE = -1;

    private final Subjects subjects;
    private final Map<Integer, Map<String, Touch>> byEvent = new HashMap<>();
    /** The same of events that count for several subjects, by what they say of {@code by}: for subjects yet to come. */
    private final Map<String, WideLabels> byWideEvent = new HashMap<>();

    /** The newest value of a label that an event brought. */
    private record Touch(long arrival, String value) {
        Touch newer(Touch other) {
            return arrival >= other.arrival ? this : other;
        }
    }

    private record WideLabels(List<@Nullable String> said, Map<String, Touch> touches) {}

    SubjectLabels(Subjects subjects) {
        this.subjects = subjects;
    }

    /** A new subject has what events before it brought that count for it. */
    void born(int subject) {
        for (WideLabels labels : byWideEvent.values()) {
            if (subjects.agrees(subject, labels.said())) {
                Map<String, Touch> own = byEvent.computeIfAbsent(subject, _ -> new HashMap<>());
                labels.touches().forEach((name, touch) -> own.merge(name, touch, Touch::newer));
            }
        }
    }

    /** An event brought labels to every subject that agrees, those to come included. */
    void wideTouches(List<@Nullable String> said, Map<String, String> labels, long arrival) {
        if (!labels.isEmpty()) {
            WideLabels wideOnes = byWideEvent.computeIfAbsent(said.toString(),
                    _ -> new WideLabels(said, new HashMap<>()));
            labels.forEach((name, value) -> wideOnes.touches().put(name, new Touch(arrival, value)));
        }
    }

    void touches(int subject, Map<String, String> labels, long arrival) {
        if (labels.isEmpty()) {
            return;
        }
        Map<String, Touch> touches = byEvent.computeIfAbsent(subject, _ -> new HashMap<>());
        labels.forEach((name, value) -> touches.put(name, new Touch(arrival, value)));
    }

    /** From the subject's newest record that carries it; the empty string when none does. */
    String label(int subject, String name) {
        int own = subjects.by().indexOf(name);
        if (own >= 0 && !name.equals(Subjects.ENTITY)) {
            return subjects.valuesOf(subject).get(own);
        }
        String newest = subjects.beyond.topology.labels(subjects.entityOf(subject)).getOrDefault(name, "");
        long arrival = 0;
        Touch touch = byEvent.getOrDefault(subject, Map.of()).get(name);
        if (touch != null) {
            newest = touch.value();
            arrival = touch.arrival();
        }
        IntList all = subjects.seriesOf(subject);
        for (int i = 0; i < all.size(); i++) {
            int number = all.get(i);
            if (subjects.series().arrival(number) > arrival) {
                String value = subjects.series().labelsOf(number).get(name);
                if (value != null) {
                    newest = value;
                    arrival = subjects.series().arrival(number);
                }
            }
        }
        return newest;
    }

    /** All of a subject's labels, each from the newest record that carries it. */
    Map<String, String> all(int subject) {
        int only = onlyLabels(subject);
        if (only >= 0) {
            return subjects.series().labelSets.get(only);
        }
        Map<String, String> newest = new HashMap<>(subjects.beyond.topology.labels(subjects.entityOf(subject)));
        Map<String, Long> arrivals = new HashMap<>();
        byEvent.getOrDefault(subject, Map.of()).forEach((name, touch) -> {
            newest.put(name, touch.value());
            arrivals.put(name, touch.arrival());
        });
        IntList all = subjects.seriesOf(subject);
        for (int i = 0; i < all.size(); i++) {
            int number = all.get(i);
            long arrival = subjects.series().arrival(number);
            subjects.series().labelsOf(number).forEach((name, value) -> {
                if (arrival > arrivals.getOrDefault(name, 0L)) {
                    newest.put(name, value);
                    arrivals.put(name, arrival);
                }
            });
        }
        subjects.named(subject).forEach((name, value) -> {
            if (!name.equals(Subjects.ENTITY)) {
                newest.put(name, value);
            }
        });
        return newest;
    }

    /** The one set of labels that a machine has, if all of its series have the same or none, and nothing else has any. */
    private int onlyLabels(int subject) {
        if (!subjects.by().equals(World.BY_ENTITY) || byEvent.containsKey(subject)
                || !subjects.beyond.topology.labels(subjects.entityOf(subject)).isEmpty()) {
            return NONE;
        }
        IntList all = subjects.seriesOf(subject);
        int only = LabelSets.NONE;
        for (int i = 0; i < all.size(); i++) {
            int labels = subjects.series().labels[all.get(i)];
            if (labels != only && labels != LabelSets.NONE) {
                if (only != LabelSets.NONE) {
                    return NONE;
                }
                only = labels;
            }
        }
        return only;
    }
}
