package io.prunella.ruler.index;

import io.prunella.compiler.rule.RuleModel.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules in force, turned around: from what a record is to the rules that it may concern. */
final class RuleBook {
    static final RuleBook EMPTY = new RuleBook();

    final List<Rule> rules;
    private final @Nullable MetricWatch[] metrics;
    /** Metrics of which other rules ask than of the book before. */
    final BitSet changed;
    private final Map<String, Listeners> byEventType = new HashMap<>();
    private final Map<String, Listeners> byAlert = new HashMap<>();
    private final Map<Integer, Rule> byNumber = new HashMap<>();
    final List<Rule> scheduled = new ArrayList<>();
    /** Labels that some condition asks for. */
    final Set<String> labels = new HashSet<>();
    /** Windows that some condition asks for. */
    final Set<WindowPlan.Asked> windows = new LinkedHashSet<>();
    private final Map<Subjects, Set<String>> labelsOf = new HashMap<>();
    /** Rules that may be true of a subject of which nothing but its name is known. */
    final List<Rule> standingAlone = new ArrayList<>();

    /** What every new series is shown to. */
    final List<Gathering> gatherings = new ArrayList<>();

    /**
     * Who waits for events of a type, or for an alert.
     *
     * @param each rules that see every one
     * @param gates rules that see those of which something may come
     */
    record Listeners(List<Rule> each, Set<Gates> gates) {
        static final Listeners NONE = new Listeners(List.of(), Set.of());

        Listeners() {
            this(new ArrayList<>(), new LinkedHashSet<>());
        }
    }

    private RuleBook() {
        rules = List.of();
        metrics = new MetricWatch[0];
        changed = new BitSet();
    }

    /** The rules of another book, and others: of metrics of which the same rules ask as before everything stays. */
    RuleBook(List<Rule> rules, RuleBook before) {
        this.rules = List.copyOf(rules);
        this.changed = changed(before.rules, this.rules);
        Map<Integer, MetricWatch.Builder> builders = new HashMap<>();
        int place = 0;
        Map<SharedEvents, Gates> gates = Gates.of(rules);
        for (Rule rule : rules) {
            rule.place = place++;
            if (rule.metrics.intersects(changed)) {
                ask(rule, builders);
            }
            window(rule.inputs.seriesTerms);
            window(rule.watched);
            labels(rule);
            if (rule.inputs.standsAlone) {
                standingAlone.add(rule);
            }
            Gates gate = rule.gate == null ? null : gates.get(rule.gate.events());
            for (String type : Triggers.events(rule.model().trigger())) {
                Listeners listeners = byEventType.computeIfAbsent(type, _ -> new Listeners());
                if (gate == null) {
                    listeners.each().add(rule);
                } else {
                    listeners.gates().add(gate);
                }
            }
            if (rule.model().trigger() instanceof Trigger.OnAlert alert) {
                alert.names().forEach(name -> byAlert.computeIfAbsent(name, _ -> new Listeners()).each().add(rule));
            }
            if (rule.scheduled()) {
                scheduled.add(rule);
            }
            for (Lowering lowered : rule.lowered()) {
                if (!lowered.gatherings.isEmpty()) {
                    gatherings.addAll(lowered.gatherings);
                }
            }
            byNumber.put(rule.number(), rule);
        }
        metrics = Arrays.copyOf(before.metrics,
                Math.max(before.metrics.length, builders.keySet().stream().mapToInt(m -> m + 1).max().orElse(0)));
        changed.stream().takeWhile(metric -> metric < metrics.length).forEach(metric -> metrics[metric] = null);
        builders.forEach(
                (metric, builder) -> metrics[metric] = changed.get(metric) ? builder.build() : metrics[metric]);
    }

    private void labels(Rule rule) {
        if (rule.inputs.labels.isEmpty()) {
            return;
        }
        labels.addAll(rule.inputs.labels);
        Set<String> asked = labelsOf.computeIfAbsent(rule.subjects, _ -> new HashSet<>());
        rule.inputs.labels.stream().filter(label -> !rule.subjects.by().contains(label)).forEach(asked::add);
    }

    private void window(List<Term.SeriesTerm> terms) {
        for (Term.SeriesTerm term : terms) {
            Term.Window window = term.window();
            if (window != null) {
                windows.add(window.asked());
            }
        }
    }

    private static BitSet changed(List<Rule> before, List<Rule> after) {
        Set<Rule> others = Collections.newSetFromMap(new IdentityHashMap<>());
        others.addAll(before);
        BitSet changed = new BitSet();
        for (Rule rule : after) {
            if (!others.remove(rule)) {
                changed.or(rule.metrics);
            }
        }
        others.forEach(gone -> changed.or(gone.metrics));
        return changed;
    }

    private static void ask(Rule rule, Map<Integer, MetricWatch.Builder> builders) {
        for (Term.SeriesTerm term : rule.inputs.seriesTerms) {
            of(builders, term.metric()).asks(rule, term);
            guard(builders, term);
        }
        for (Term.SeriesTerm term : rule.watched) {
            of(builders, term.metric()).watches(term);
            guard(builders, term);
        }
        rule.inputs.turns.forEach(turn -> of(builders, turn.metric()).turns(rule, turn.boundary()));
        rule.inputs.everySample.forEach(metric -> of(builders, metric).everySample(rule));
    }

    private static void guard(Map<Integer, MetricWatch.Builder> builders, Term.SeriesTerm term) {
        Term.Window window = term.window();
        if (window != null && term.guarded()) {
            of(builders, window.asked().metric()).guards(term);
        }
    }

    /** Whether conditions ask for the same labels of the same subjects. */
    boolean sameLabels(RuleBook other) {
        return labels.equals(other.labels) && labelsOf.equals(other.labelsOf);
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

    Listeners onEvent(String type) {
        return byEventType.getOrDefault(type, Listeners.NONE);
    }

    Listeners onAlert(String name) {
        return byAlert.getOrDefault(name, Listeners.NONE);
    }

    /** The rule of that number, while it is in force. */
    @Nullable
    Rule numbered(int number) {
        return byNumber.get(number);
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
