package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.explain.Compared.Reading;
import io.prunella.ruler.explain.Compared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which terms of a condition had which value, in the order written, the event last. */
final class Explainer {
    private final Rule rule;
    private final Sight sight;
    private final List<Because> terms = new ArrayList<>(2);

    private Explainer(Rule rule, Sight sight) {
        this.rule = rule;
        this.sight = sight;
    }

    static List<Because> because(Rule rule, Sight sight) {
        Explainer explainer = new Explainer(rule, sight);
        explainer.node(rule.when, null);
        if (rule.where != null) {
            explainer.node(rule.where, null);
        }
        OpenEvent event = sight.event;
        if (event != null) {
            explainer.event(Because.of("event", new Scalar.Text(event.seen.id().orElse(event.seen.type()))));
        }
        return explainer.terms;
    }

    private void node(Node node, Node.@Nullable Hold hold) {
        switch (node) {
            case Node.AllOf all -> all.of().forEach(inner -> node(inner, hold));
            case Node.AnyOf any -> any.of().forEach(inner -> node(inner, hold));
            case Node.Not not -> node(not.inner(), hold);
            case Node.Hold held -> held(held, hold);
            case Node.Threshold threshold -> threshold(threshold, hold);
            case Node.Leaf leaf -> leaf(leaf, hold);
        }
    }

    private void held(Node.Hold held, Node.@Nullable Hold outer) {
        // With `duration` the hold is a term of its own; otherwise it belongs to what it holds.
        node(held.inner(), held.origin() == HoldOrigin.DURATION ? outer : held);
        long[] since = held.times(sight);
        if (held.origin() == HoldOrigin.DURATION && since != null && since[held.number()] != Sight.NOT_HELD) {
            String elapsed = DurationText.of(sight.now - since[held.number()]);
            boolean strict = rule.origins.get(held) instanceof Condition.Held written && written.strict();
            Scalar threshold = new Scalar.Text(DurationText.of(strict ? held.after() - 1 : held.after()));
            put(new Because("duration", new Scalar.Text(elapsed), Optional.of(strict ? ">" : ">="),
                    Optional.of(threshold), Optional.empty(), Optional.empty(), List.of()));
        }
    }

    /** What nearly every rule is made of: as {@link #leaf}, and nothing is made but what is told. */
    private void threshold(Node.Threshold leaf, Node.@Nullable Hold hold) {
        Term.SeriesTerm series = leaf.series();
        if (series.poisoned(sight) || told(series.text())) {
            return;
        }
        Truth truth = leaf.truth(sight);
        for (int number : series.all(sight)) {
            if (series.standing(sight, number) == Term.Standing.VALID
                    && Truth.of(leaf.holds(sight, number)) == truth) {
                terms.add(rule.wordings.of(leaf, hold).told(series.value(sight, number),
                        sight.series.text(number)));
                return;
            }
        }
    }

    /** The first values that made the comparison what it was. */
    private void leaf(Node.Leaf leaf, Node.@Nullable Hold hold) {
        Truth truth = leaf.truth(sight);
        Optional<String> held = hold == null ? Optional.empty() : Optional.of(DurationText.of(hold.after()));
        Legs.compared(leaf, sight).filter(pair -> pair.truth() == truth).findFirst().ifPresent(pair -> {
            side(pair.left(), pair.operator(), pair.right(), held);
            pair.right().ifPresent(
                    right -> side(right, Legs.mirrored(pair.operator()), Optional.of(pair.left()), held));
        });
    }

    private void side(Side side, String operator, Optional<Side> other, Optional<String> hold) {
        if (side.term().isPresent()) {
            put(new Because(side.term().get(), side.value(), Optional.of(operator), other.map(Side::value), hold,
                    side.readings().stream().flatMap(reading -> reading.window().stream()).findFirst(),
                    side.readings().stream().map(Reading::series).toList()));
            return;
        }
        // Of something calculated: what it was calculated from.
        for (Compared.Reading reading : side.readings()) {
            put(new Because(reading.term(), new Scalar.Quantity(reading.value()), Optional.empty(), Optional.empty(),
                    hold, reading.window(), List.of(reading.series())));
        }
    }

    private boolean told(String term) {
        return place(term) < terms.size();
    }

    /** Where a term is told; after all others where it is not. */
    private int place(String term) {
        int at = 0;
        while (at < terms.size() && !terms.get(at).term().equals(term)) {
            at++;
        }
        return at;
    }

    private void event(Because event) {
        int at = place(event.term());
        if (at < terms.size()) {
            terms.set(at, event);
        } else {
            terms.add(event);
        }
    }

    private void put(Because term) {
        if (!told(term.term())) {
            terms.add(term);
        }
    }
}
