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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which terms of a condition had which value, in the order written, the event last. */
final class Explainer {
    private final Rule rule;
    private final Sight sight;
    private final Map<String, Because> terms = new LinkedHashMap<>();

    private Explainer(Rule rule, Sight sight) {
        this.rule = rule;
        this.sight = sight;
    }

    static List<Because> because(Rule rule, Sight sight) {
        Explainer explainer = new Explainer(rule, sight);
        if (rule.where != null) {
            explainer.node(rule.where, Optional.empty());
        }
        Map<String, Because> ofEvent = new LinkedHashMap<>(explainer.terms);
        explainer.terms.clear();
        explainer.node(rule.when, Optional.empty());
        ofEvent.forEach(explainer.terms::putIfAbsent);
        OpenEvent event = sight.event;
        if (event != null) {
            explainer.terms.put("event",
                    Because.of("event", new Scalar.Text(event.seen.id().orElse(event.seen.type()))));
        }
        return new ArrayList<>(explainer.terms.values());
    }

    private void node(Node node, Optional<String> hold) {
        switch (node) {
            case Node.AllOf all -> all.of().forEach(inner -> node(inner, hold));
            case Node.AnyOf any -> any.of().forEach(inner -> node(inner, hold));
            case Node.Not not -> node(not.inner(), hold);
            case Node.Hold held -> held(held, hold);
            case Node.Leaf leaf -> leaf(leaf, hold);
        }
    }

    private void held(Node.Hold held, Optional<String> outer) {
        Optional<String> least = Optional.of(DurationText.of(held.after()));
        // With `duration` the hold is a term of its own; otherwise it belongs to what it holds.
        node(held.inner(), held.origin() == HoldOrigin.DURATION ? outer : least);
        long[] since = held.times(sight);
        if (held.origin() == HoldOrigin.DURATION && since != null && since[held.number()] != Sight.NOT_HELD) {
            String elapsed = DurationText.of(sight.now - since[held.number()]);
            boolean strict = rule.origins.get(held) instanceof Condition.Held written && written.strict();
            Scalar threshold = new Scalar.Text(DurationText.of(strict ? held.after() - 1 : held.after()));
            put(new Because("duration", new Scalar.Text(elapsed), Optional.of(strict ? ">" : ">="),
                    Optional.of(threshold), Optional.empty(), Optional.empty(), List.of()));
        }
    }

    /** The first values that made the comparison what it was. */
    private void leaf(Node.Leaf leaf, Optional<String> hold) {
        Truth truth = leaf.truth(sight);
        Legs.compared(leaf, sight).filter(pair -> pair.truth() == truth).findFirst().ifPresent(pair -> {
            side(pair.left(), pair.operator(), pair.right(), hold);
            pair.right().ifPresent(
                    right -> side(right, Legs.mirrored(pair.operator()), Optional.of(pair.left()), hold));
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

    private void put(Because term) {
        terms.putIfAbsent(term.term(), term);
    }
}
