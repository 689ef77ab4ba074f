package io.prunella.ruler.index;

import io.prunella.ruler.Observation.EventSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came before: the events and heals that some rule counts back to. */
final class Histories {
    private final Map<String, Map<Subjects, History>> byType = new HashMap<>();

    /** The history of a type for a group of subjects; it begins when it is first asked for. */
    History of(Subjects subjects, String type) {
        return byType.computeIfAbsent(type, _ -> new HashMap<>()).computeIfAbsent(subjects, History::new);
    }

    /** Whether anybody counts back to events of a type. */
    boolean keeps(Subjects subjects, String type) {
        return byType.getOrDefault(type, Map.of()).containsKey(subjects);
    }

    void seen(Subjects subjects, EventSeen event, List<@Nullable String> parts, IntList concerned, Round round) {
        History history = byType.getOrDefault(event.type(), Map.of()).get(subjects);
        if (history != null) {
            history.seen(event, parts, concerned, round);
        }
    }

    void welcome(Subjects subjects, int subject) {
        for (Map<Subjects, History> histories : byType.values()) {
            History history = histories.get(subjects);
            if (history != null) {
                history.welcome(subject);
            }
        }
    }

    /** Other rules are in force. */
    void askers(List<Rule> rules) {
        List<History> all = new ArrayList<>();
        byType.values().forEach(histories -> all.addAll(histories.values()));
        all.forEach(history -> history.askers.clear());
        rules.forEach(rule -> rule.inputs.histories.forEach(history -> history.askers.add(rule)));
    }
}
