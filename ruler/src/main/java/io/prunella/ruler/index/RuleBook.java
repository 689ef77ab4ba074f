package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules in force, turned around: from what a record is to the rules that it may concern. */
final class RuleBook {
    static final RuleBook EMPTY = new RuleBook(List.of());

    final List<Rule> rules;
    private final @Nullable MetricWatch[] metrics;
    private final Map<String, List<Rule>> byEventType = new HashMap<>();
    /** Labels that some condition asks for. */
    final Set<String> labels = new HashSet<>();
    private final Map<Subjects, Set<String>> labelsOf = new HashMap<>();
    /** Rules that may be true of a subject of which nothing but its name is known. */
    final List<Rule> standingAlone = new ArrayList<>();

    RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        Map<Integer, MetricWatch.Builder> builders = new HashMap<>();
        int place = 0;
        for (Rule rule : rules) {
            rule.place = place++;
            for (Term.SeriesTerm term : rule.inputs.seriesTerms) {
                of(builders, term.metric()).asks(rule, term);
            }
            for (Term.SeriesTerm term : rule.watched) {
                of(builders, term.metric()).watches(term);
            }
            rule.inputs.turns.forEach(turn -> of(builders, turn.metric()).turns(rule, turn.boundary()));
            rule.inputs.everySample.forEach(metric -> of(builders, metric).everySample(rule));
            labels.addAll(rule.inputs.labels);
            Set<String> asked = labelsOf.computeIfAbsent(rule.subjects, _ -> new HashSet<>());
            rule.inputs.labels.stream().filter(label -> !rule.subjects.by().contains(label)).forEach(asked::add);
            if (rule.inputs.standsAlone) {
                standingAlone.add(rule);
            }
            rule.onEvent().ifPresent(on -> new LinkedHashSet<>(on.types())
                    .forEach(type -> byEventType.computeIfAbsent(type, _ -> new ArrayList<>()).add(rule)));
        }
        metrics = new MetricWatch[builders.keySet().stream().mapToInt(m -> m + 1).max().orElse(0)];
        builders.forEach((metric, builder) -> metrics[metric] = builder.build());
    }

    private static MetricWatch.Builder of(Map<Integer, MetricWatch.Builder> builders, int metric) {
        return builders.computeIfAbsent(metric, _ -> new MetricWatch.Builder());
    }

    /** The rules that people wrote. */
    Stream<Rule> written() {
        return rules.stream().filter(rule -> rule.census == null);
    }

    /** What is asked of a metric; null when nothing is. */
    @Nullable
    MetricWatch metric(int number) {
        return number < metrics.length ? metrics[number] : null;
    }

    /** Labels that some condition asks for of subjects that they don't tell apart. */
    Set<String> labelsOf(Subjects subjects) {
        return labelsOf.getOrDefault(subjects, Set.of());
    }

    List<Rule> onEvent(String type) {
        return byEventType.getOrDefault(type, List.of());
    }

    /**
     * A rule by its name.
     *
     * @param pack name and version, as plans carry it; decides where several packs have a rule of that name
     */
    Optional<Rule> rule(String name, String pack) {
        List<Rule> named = written().filter(rule -> rule.model().name().equals(name)).toList();
        return named.stream().filter(rule -> pack.startsWith(rule.pack().name() + " ")).findFirst()
                .or(() -> named.stream().findFirst());
    }
}
