package io.prunella.ruler.index;

import io.prunella.ruler.explain.LegRecorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parts of the index share: who is there, which rules are in force, and the round under way. */
final class World {
    static final List<String> BY_ENTITY = List.of(Subjects.ENTITY);

    final SeriesStore series = new SeriesStore();
    final Beyond beyond = new Beyond(this);
    final Subjects entities = new Subjects(BY_ENTITY, series, beyond);
    final Map<List<String>, Subjects> groups = new HashMap<>(Map.of(BY_ENTITY, entities));
    final Round round = new Round();
    RuleBook book = RuleBook.EMPTY;
    /** Hears of every comparison that is judged. */
    @Nullable
    LegRecorder recorder;
    /** Whether the rules in force do not wait for the clock yet. */
    boolean freshRules;
    /** Records so far: which of two is the newer one. */
    long arrivals;
    private final IntList found = new IntList();
    private final List<Touched> touched = new ArrayList<>();

    private record Touched(Rule rule, Gathering gathering) {}

    /** Has rules judged for every subject for which a series counts. */
    void mark(Rule[] rules, int number) {
        for (Rule rule : rules) {
            if (rule.gathers) {
                touch(rule, number);
            }
            int sole = rule.subjects.soleOf(number);
            if (sole >= 0) {
                round.mark(rule, sole);
                continue;
            }
            rule.subjects.subjectsOf(number, found);
            for (int i = 0; i < found.size(); i++) {
                round.mark(rule, found.get(i));
            }
        }
    }

    private void touch(Rule rule, int number) {
        for (Gathering gathering : rule.inputs.gatherings) {
            if (gathering.touch(number)) {
                touched.add(new Touched(rule, gathering));
            }
        }
    }

    /** Schedules that have not begun do, at an instant that counts. */
    void beginSchedules(long now) {
        for (Rule rule : book.scheduled) {
            Schedule schedule = rule.schedule;
            if (schedule != null && !schedule.begun()) {
                schedule.begin(now);
                round.wake(rule, schedule.next());
            }
        }
    }

    /** Has rules judged for all subjects that share labels with series that have changed. */
    void markConcerned(Sight sight) {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).gathering().concerned(touched.get(i).rule(), sight, round);
        }
        touched.clear();
    }

    /** Sets the band within which samples of a series change nothing, unless its labels make each count. */
    void settle(int number, double low, double high) {
        boolean disputed = (series.state[number] & SeriesStore.DISPUTED) != 0;
        series.settle(number, disputed ? Double.NaN : low, disputed ? Double.NaN : high);
    }

    boolean asksForAny(Map<String, String> labels) {
        return !labels.isEmpty() && book.labels.stream().anyMatch(labels::containsKey);
    }
}
