package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.plan.Truth;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Printed;
import io.prunella.ruler.explain.Branch;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.explain.Lack;
import io.prunella.ruler.window.Samples;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Makes trees of bound conditions, as they are for what is being looked at; changes nothing that decides. */
final class Trees {
    private static final int MOST_FOUND = 5;

    private final Rule rule;
    private final Sight sight;
    private final String clause;
    private int legs;

    /** @param clause what the condition is, {@code when}: names its legs */
    private Trees(Rule rule, Sight sight, String clause) {
        this.rule = rule;
        this.sight = sight;
        this.clause = clause;
    }

    static Branch of(Rule rule, Node node, String clause, Sight sight) {
        return new Trees(rule, sight, clause).branch(node);
    }

    private Branch branch(Node node) {
        return switch (node) {
            case Node.AllOf all -> new Branch.All(all.truth(sight), branches(all.of()));
            case Node.AnyOf any -> new Branch.Any(any.truth(sight), branches(any.of()));
            case Node.Not not -> new Branch.Not(not.truth(sight), branch(not.inner()));
            case Node.Hold held -> held(held);
            case Node.Leaf leaf -> leg(leaf);
        };
    }

    private List<Branch> branches(List<Node> nodes) {
        return nodes.stream().map(this::branch).toList();
    }

    private Branch held(Node.Hold held) {
        Truth truth = held.truth(sight);
        boolean strict = rule.origins.get(held) instanceof Condition.Held written && written.strict();
        long[] times = held.times(sight);
        long since = times == null ? Sight.NOT_HELD : times[held.number()];
        return new Branch.Held(truth, branch(held.inner()), held.origin(), held.after(), strict,
                since == Sight.NOT_HELD ? OptionalLong.empty() : OptionalLong.of(since));
    }

    private Branch leg(Node.Leaf leaf) {
        String id = LegNames.id(clause, legs++);
        Truth truth = leaf.truth(sight);
        List<Compared> compared = Legs.compared(leaf, sight).toList();
        Set<Lack> lacks = new LinkedHashSet<>();
        if (truth != Truth.TRUE) {
            Legs.terms(leaf).forEach(term -> lacks(term, lacks));
            if (truth == Truth.UNKNOWN && lacks.isEmpty()) {
                lacks.add(Lack.of(nameless(leaf, compared), Legs.text(rule.origins.get(leaf))));
            }
        }
        return new Branch.Leg(truth, id, Legs.text(rule.origins.get(leaf)), compared, List.copyOf(lacks),
                Witnesses.of(leaf, sight));
    }

    /** What is wrong with a comparison none of whose terms lacks anything. */
    private static Lack.Kind nameless(Node.Leaf leaf, List<Compared> compared) {
        if (Legs.terms(leaf).stream().anyMatch(FleetTerm.class::isInstance)) {
            return Lack.Kind.NO_ENTITY;
        }
        return compared.isEmpty() ? Lack.Kind.NO_PAIR : Lack.Kind.NO_COMPARISON;
    }

    private void lacks(Term term, Set<Lack> into) {
        switch (term) {
            case Term.SeriesTerm series -> series(series, into);
            case Term.EventTerm event -> event(event, into);
            case Term.MatchedTerm event -> matched(event, into);
            case Term.LabelTerm label -> {
                if (sight.subjects.label(sight.subject, label.name()).isEmpty()) {
                    Set<String> names = new TreeSet<>(sight.subjects.labels(sight.subject).keySet());
                    into.add(lack(Lack.Kind.NO_LABEL, "label." + label.name(), Closest.to(label.name(), names)
                            .map(name -> "label." + name), List.copyOf(names)));
                }
            }
            case Term.Calculated calculated -> {
                lacks(calculated.left(), into);
                lacks(calculated.right(), into);
            }
            case Term.Negated negated -> lacks(negated.operand(), into);
            case Term.AcrossTerm across -> lacks(across.of(), into);
            case Term.EntityTerm _,Term.Fixed _,Term.Outward _ -> {
                // Always there.
            }
        }
    }

    private static Lack lack(Lack.Kind kind, String term, Optional<String> nearest, List<String> found) {
        return new Lack(kind, term, OptionalLong.empty(), nearest, some(found));
    }

    private static List<String> some(List<String> found) {
        return found.subList(0, Math.min(MOST_FOUND, found.size()));
    }

    private void series(Term.SeriesTerm term, Set<Lack> into) {
        String text = term.text();
        if (term.poisoned(sight)) {
            into.add(Lack.of(Lack.Kind.NO_RATIO, text));
            return;
        }
        int[] selected = Legs.series(term, sight);
        if (selected.length == 0) {
            into.add(unselected(term));
            return;
        }
        long newest = SeriesStore.NEVER;
        for (int number : selected) {
            switch (term.standing(sight, number)) {
                case VALID -> {
                    return;
                }
                case AWAITED -> {
                    into.add(Lack.of(Lack.Kind.AWAITED, text));
                    return;
                }
                case ABSENT -> newest = Math.max(newest, sight.series.ts(number));
            }
        }
        if (term.window() != null) {
            into.add(few(term.window(), text, selected));
            return;
        }
        into.add(newest == SeriesStore.NEVER
                ? Lack.of(Lack.Kind.NO_SERIES, text)
                : new Lack(Lack.Kind.STALE, text, OptionalLong.of(Matcher.later(newest, term.staleMillis())),
                        Optional.empty(), List.of()));
    }

    /** What the windows hold, though it is not enough; of empty ones, since when the newest is. */
    private Lack few(Term.Window window, String text, int[] selected) {
        List<String> found = new ArrayList<>();
        long left = SeriesStore.NEVER;
        for (int number : selected) {
            Samples samples = sight.series.windows.samples(number, window.asked(), sight.now);
            for (int i = 0; i < samples.size(); i++) {
                found.add(Printed.number(samples.value(i)) + " of " + Printed.ts(samples.ts(i)));
            }
            left = Math.max(left, sight.series.ts(number));
        }
        OptionalLong since = found.isEmpty() && left != SeriesStore.NEVER
                ? OptionalLong.of(Matcher.later(left, window.asked().windowMillis()))
                : OptionalLong.empty();
        return new Lack(Lack.Kind.FEW_SAMPLES, text, since, Optional.empty(), some(found));
    }

    private Lack unselected(Term.SeriesTerm term) {
        String text = term.selector().text();
        String metric = term.selector().metric();
        IntList own = sight.subjects.seriesOf(sight.subject);
        List<String> found = new ArrayList<>();
        Set<String> others = new TreeSet<>();
        for (int i = 0; i < own.size(); i++) {
            if (sight.series.metric[own.get(i)] == term.sampled()) {
                found.add(sight.series.text(own.get(i)));
            } else {
                others.add(sight.series.metrics.get(sight.series.metric[own.get(i)]));
            }
        }
        if (!found.isEmpty()) {
            found.sort(null);
            return lack(Lack.Kind.NO_MATCH, text, Optional.empty(), found);
        }
        boolean anywhere = false;
        for (int number = 0; number < sight.series.size() && !anywhere; number++) {
            anywhere = sight.series.metric[number] == term.sampled()
                    && (sight.series.state[number] & SeriesStore.BORN) != 0;
        }
        return lack(anywhere ? Lack.Kind.NO_SERIES : Lack.Kind.NO_METRIC, text, Closest.to(metric, others), List.of());
    }

    private void matched(Term.MatchedTerm term, Set<Lack> into) {
        OpenEvent event = sight.event;
        String text = term.alias() + "." + String.join(".", term.path());
        EventSeen seen = event == null ? null : event.named().get(term.alias());
        if (term.alias().equals("steps")) {
            if (term.values(sight).items().isEmpty()) {
                into.add(lack(Lack.Kind.NOT_RETURNED, text, Optional.empty(),
                        seen == null ? List.of() : List.copyOf(new TreeSet<>(seen.attributes().keySet()))));
            }
        } else if (seen == null) {
            into.add(Lack.of(Lack.Kind.NO_EVENT, text));
        } else if (term.values(sight).items().isEmpty()) {
            Set<String> names = new TreeSet<>(seen.attributes().keySet());
            into.add(lack(Lack.Kind.NO_ATTRIBUTE, text, Closest.to(String.join(".", term.path()), names)
                    .map(name -> term.alias() + "." + name), List.copyOf(names)));
        }
    }

    private void event(Term.EventTerm term, Set<Lack> into) {
        OpenEvent event = sight.event;
        String text = "event." + String.join(".", term.path());
        if (event == null) {
            into.add(Lack.of(Lack.Kind.NO_EVENT, text));
        } else if (term.values(sight).items().isEmpty()) {
            Set<String> names = new TreeSet<>(event.seen.attributes().keySet());
            into.add(lack(Lack.Kind.NO_ATTRIBUTE, text, Closest.to(String.join(".", term.path()), names)
                    .map(name -> "event." + name), List.copyOf(names)));
        }
    }
}
