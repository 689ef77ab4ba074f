package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which terms of a condition had which value, in the order written, the event last. */
final class Explainer {
    private final Sight sight;
    private final Map<String, Because> terms = new LinkedHashMap<>();

    private Explainer(Sight sight) {
        this.sight = sight;
    }

    static List<Because> because(Rule rule, Sight sight) {
        Explainer explainer = new Explainer(sight);
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
            case Node.Threshold threshold -> threshold(threshold, hold);
            case Node.Comparison comparison -> comparison(comparison, hold);
            case Node.Within within -> within(within, hold);
        }
    }

    private void held(Node.Hold held, Optional<String> outer) {
        Optional<String> least = Optional.of(DurationText.of(held.after()));
        // With `duration` the hold is a term of its own; otherwise it belongs to what it holds.
        node(held.inner(), held.origin() == HoldOrigin.DURATION ? outer : least);
        long[] since = held.times(sight);
        if (held.origin() == HoldOrigin.DURATION && since != null && since[held.number()] != Sight.NOT_HELD) {
            String elapsed = DurationText.of(sight.now - since[held.number()]);
            put(new Because("duration", new Scalar.Text(elapsed), Optional.of(">="),
                    least.map(text -> new Scalar.Text(text)), Optional.empty(), Optional.empty(), List.of()));
        }
    }

    private void threshold(Node.Threshold node, Optional<String> hold) {
        if (node.series().poisoned(sight)) {
            return;
        }
        int code = sight.subjects.sole(sight.subject, node.series().slot());
        int[] all = code == -1 ? new int[0] : code >= 0 ? new int[]{code} : sight.subjects.several(code);
        Truth truth = node.truth(sight);
        for (int series : all) {
            boolean valid = node.series().standing(sight, series) == Term.Standing.VALID;
            if (valid && (truth == Truth.TRUE) == node.holds(sight, series)) {
                double value = node.series().value(sight, series);
                put(new Because(node.series().selector().text(), new Scalar.Quantity(value),
                        Optional.of(node.op().sign()), Optional.of(new Scalar.Quantity(node.threshold())), hold,
                        Optional.empty(), List.of(sight.series.text(series))));
                return;
            }
        }
    }

    private void comparison(Node.Comparison node, Optional<String> hold) {
        Truth truth = node.truth(sight);
        for (Term.Pair pair : Term.pairs(node.left().values(sight), node.right().values(sight))) {
            if (node.truth(pair) == truth) {
                side(node.left(), pair.left(), node.op(), pair.right(), hold);
                side(node.right(), pair.right(), mirrored(node.op()), pair.left(), hold);
                return;
            }
        }
    }

    private void within(Node.Within node, Optional<String> hold) {
        Truth truth = node.truth(sight);
        for (Term.Item item : node.value().values(sight).items()) {
            if (node.truth(item, sight) == truth) {
                named(node.value()).ifPresent(name -> put(new Because(name, item.value(), Optional.of("in"),
                        Optional.empty(), hold, Optional.empty(), sources(item))));
                inputs(node.value(), item, hold);
                return;
            }
        }
    }

    private void side(Term term, Term.Item item, CompareOp op, Term.Item other, Optional<String> hold) {
        named(term).ifPresent(name -> put(new Because(name, item.value(), Optional.of(op.sign()),
                Optional.of(other.value()), hold, Optional.empty(), sources(item))));
        inputs(term, item, hold);
    }

    /** Of something calculated: what it was calculated from. */
    private void inputs(Term term, Term.Item item, Optional<String> hold) {
        if (named(term).isEmpty()) {
            for (Term.Source source : item.sources()) {
                put(new Because(source.term().selector().text(), new Scalar.Quantity(source.value()), Optional.empty(),
                        Optional.empty(), hold, Optional.empty(), List.of(sight.series.text(source.series()))));
            }
        }
    }

    private List<String> sources(Term.Item item) {
        return item.sources().stream().map(source -> sight.series.text(source.series())).toList();
    }

    private static Optional<String> named(Term term) {
        return switch (term) {
            case Term.SeriesTerm series -> Optional.of(series.selector().text());
            case Term.EventTerm event -> Optional.of("event." + String.join(".", event.path()));
            case Term.LabelTerm label -> Optional.of("label." + label.name());
            case Term.HealsCounted heals -> Optional.of(heals.text());
            case Term.Severity severity -> Optional.of(severity.ofCause() ? "severity(cause)" : "severity(this)");
            case Term.EntityTerm _,Term.Fixed _,Term.Calculated _,Term.Negated _ -> Optional.empty();
        };
    }

    private static CompareOp mirrored(CompareOp op) {
        return switch (op) {
            case GT -> CompareOp.LT;
            case GE -> CompareOp.LE;
            case LT -> CompareOp.GT;
            case LE -> CompareOp.GE;
            case EQ, NE, MATCHES, NOT_MATCHES -> op;
        };
    }

    private void put(Because term) {
        terms.putIfAbsent(term.term(), term);
    }
}
