package io.prunella.ruler.index;

import io.prunella.ruler.explain.LegRecorder;
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
    final Heals heals = new Heals();
    /** Records so far: which of two is the newer one. */
    long arrivals;
    private final IntList found = new IntList();

    /** Has rules judged for every subject for which a series counts. */
    void mark(Rule[] rules, int number) {
        for (Rule rule : rules) {
            rule.subjects.subjectsOf(number, found);
            for (int i = 0; i < found.size(); i++) {
                round.mark(rule, found.get(i));
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

    /** Sets the band within which samples of a series change nothing, unless its labels make each count. */
    void settle(int number, double low, double high) {
        boolean disputed = (series.state[number] & SeriesStore.DISPUTED) != 0;
        series.settle(number, disputed ? Double.NaN : low, disputed ? Double.NaN : high);
    }

    boolean asksForAny(Map<String, String> labels) {
        return book.labels.stream().anyMatch(labels::containsKey);
    }
}
