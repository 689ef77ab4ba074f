package io.prunella.ruler.index;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** New series and subjects, and the labels that they bring. */
final class Births {
    private final World world;
    private final Events events;
    private final IntList found = new IntList();

    Births(World world, Events events) {
        this.world = world;
        this.events = events;
    }

    /** A series' first record. */
    void born(int number) {
        if ((world.series.state[number] & SeriesStore.BORN) != 0) {
            return;
        }
        world.series.state[number] |= SeriesStore.BORN;
        for (Subjects subjects : world.groups.values()) {
            int before = subjects.size();
            subjects.born(number);
            welcome(subjects, before);
        }
        world.book.gatherings.forEach(gathering -> gathering.born(number));
        Map<String, String> labels = world.series.labelsOf(number);
        if (world.asksForAny(labels)) {
            for (Subjects subjects : world.groups.values()) {
                subjects.subjectsOf(number, found);
                for (int i = 0; i < found.size(); i++) {
                    dispute(subjects, found.get(i), labels);
                }
            }
            markAskersOfLabels(number);
        }
    }

    /** A record that is no sample names an entity. */
    void named(String entity) {
        int subject = world.entities.find(List.of(entity));
        if (subject >= 0) {
            world.beyond.fleet.presence().named(subject);
        }
    }

    /** New subjects: some rules may be true of them already. */
    void welcome(Subjects subjects, int from) {
        if (subjects == world.entities) {
            world.beyond.fleet.presence().welcome(from);
        }
        for (int subject = from; subject < subjects.size(); subject++) {
            world.beyond.histories.welcome(subjects, subject);
            boolean sharesSeries = subjects.sharesSeries(subject);
            for (Rule rule : world.book.rules) {
                if (rule.subjects == subjects) {
                    for (Arrival wide : rule.wideEvents.inOrder()) {
                        if (subjects.agrees(subject, subjects.parts(wide.seen().entity(), wide.seen().labels()))) {
                            events.show(rule, subject, wide);
                        }
                    }
                    // Of whom nothing is known yet counts for a census as such.
                    if (rule.census != null || rule.inputs.standsAlone || sharesSeries) {
                        world.round.mark(rule, subject);
                    }
                }
            }
        }
    }

    /** Two records of a subject disagree on a label that is asked for: from now on each of their series counts. */
    void dispute(Subjects subjects, int subject, Map<String, String> labels) {
        Set<String> asked = subjects.ofPack() ? Set.of() : world.book.labelsOf(subjects);
        if (asked.isEmpty()) {
            // Of a whole pack nobody asks for a label.
            return;
        }
        IntList all = subjects.seriesOf(subject);
        boolean disputed = false;
        for (int i = 0; i < all.size(); i++) {
            for (String label : asked) {
                String other = world.series.labelsOf(all.get(i)).get(label);
                String own = labels.get(label);
                disputed |= own != null && other != null && !other.equals(own);
            }
        }
        for (int i = 0; disputed && i < all.size(); i++) {
            world.series.state[all.get(i)] |= SeriesStore.DISPUTED;
            world.settle(all.get(i), Double.NaN, Double.NaN);
        }
    }

    /** The newest value of a label may be another now. */
    void markAskersOfLabels(int number) {
        for (Rule rule : world.book.standingAlone) {
            rule.subjects.subjectsOf(number, found);
            for (int i = 0; i < found.size(); i++) {
                world.round.mark(rule, found.get(i));
            }
        }
    }

    /** An event brings labels, too. */
    void touch(Subjects subjects, int subject, Map<String, String> labels) {
        subjects.eventTouches(subject, labels, world.arrivals);
        if (world.asksForAny(labels)) {
            dispute(subjects, subject, labels);
            for (Rule rule : world.book.standingAlone) {
                if (rule.subjects == subjects) {
                    world.round.mark(rule, subject);
                }
            }
        }
    }
}
