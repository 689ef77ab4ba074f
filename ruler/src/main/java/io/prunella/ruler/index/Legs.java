package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.plan.DurationText;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.Compared;
import io.prunella.ruler.explain.Compared.Reading;
import io.prunella.ruler.explain.Compared.Sample;
import io.prunella.ruler.explain.Compared.Side;
import io.prunella.ruler.window.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes comparisons: what was compared with what. The one place where each kind of leaf and term says what it is. */
final class Legs {
    private Legs() {}

    /** What it compares at this instant, in the order of the series; made one by one, as far as they are asked for. */
    static Stream<Compared> compared(Node.Leaf leaf, Sight sight) {
        return switch (leaf) {
            case Node.Threshold node -> threshold(node, sight);
            case Node.Comparison node ->
                Term.pairs(node.left().values(sight), node.right().values(sight)).stream()
                        .map(pair -> new Compared(node.truth(pair), side(node.left(), pair.left(), sight),
                                node.op().sign(), Optional.of(side(node.right(), pair.right(), sight))));
            case Node.Within node -> node.value().values(sight).items().stream().map(item -> new Compared(
                    node.truth(item, sight), side(node.value(), item, sight), "in", Optional.empty()));
            case Node.Outward node -> Stream.of(node.told(sight));
        };
    }

    /** The values that it asks for, in the order written. */
    static List<Term> terms(Node.Leaf leaf) {
        return switch (leaf) {
            case Node.Threshold node -> List.of(node.series());
            case Node.Comparison node -> List.of(node.left(), node.right());
            case Node.Within node -> List.of(node.value());
            case Node.Outward _ -> List.of();
        };
    }

    /** What `because` and explanations call it; empty for what stands for itself and for what is calculated. */
    static Optional<String> name(Term term) {
        return switch (term) {
            case Term.SeriesTerm series -> Optional.of(series.text());
            case Term.AcrossTerm across -> Optional.of(across.text());
            case Term.EventTerm event -> Optional.of("event." + String.join(".", event.path()));
            case Term.MatchedTerm event -> Optional.of(event.alias() + "." + String.join(".", event.path()));
            case Term.LabelTerm label -> Optional.of("label." + label.name());
            case Term.Outward outward -> Optional.of(outward.name());
            case Term.EntityTerm _,Term.Fixed _,Term.Calculated _,Term.Negated _ -> Optional.empty();
        };
    }

    /** The comparison as written; empty for what is no comparison. */
    static String text(@Nullable Condition origin) {
        return switch (origin) {
            case Condition.Compare compare -> compare.text();
            case Condition.InSet in -> in.text();
            case Condition.TimeIn time -> time.text();
            case Condition.Absent absent -> absent.text();
            case Condition.OverEntities over -> over.text();
            case Condition.All _,Condition.Any _,Condition.Negated _,Condition.Held _ -> "";
            case null -> "";
        };
    }

    private static Stream<Compared> threshold(Node.Threshold node, Sight sight) {
        if (node.series().poisoned(sight)) {
            return Stream.empty();
        }
        Side right = Side.fixed(new Scalar.Quantity(node.threshold()));
        return Arrays.stream(series(node.series(), sight))
                .filter(number -> node.series().standing(sight, number) == Term.Standing.VALID)
                .mapToObj(number -> {
                    double value = node.series().value(sight, number);
                    Side left = new Side(name(node.series()), new Scalar.Quantity(value),
                            List.of(reading(node.series(), number, value, sight)));
                    return new Compared(io.prunella.plan.Truth.of(node.holds(sight, number)), left, node.op().sign(),
                            Optional.of(right));
                });
    }

    /** All series that a selector means for the subject, whether valid or not. */
    static int[] series(Term.SeriesTerm term, Sight sight) {
        return term.all(sight);
    }

    private static Side side(Term term, Term.Item item, Sight sight) {
        Scalar value = term instanceof Term.Outward outward ? outward.printed(item.value()) : item.value();
        List<Reading> readings = new ArrayList<>();
        item.sources().forEach(
                source -> readings.add(reading(source.term(), source.series(), source.value(), sight)));
        outward(term, sight, readings);
        return new Side(name(term), value, readings);
    }

    /** Values from beyond the series that something was calculated from. */
    private static void outward(Term term, Sight sight, List<Reading> into) {
        for (Term part : Clocks.parts(term)) {
            outward(part, sight, into);
            if (part instanceof Term.Outward outward) {
                outward.values(sight).items().stream().map(Term.Item::value)
                        .filter(Scalar.Quantity.class::isInstance)
                        .forEach(value -> into.add(new Reading(outward.name(), Comparing.number(value),
                                sight.subjects.entityOf(sight.subject), outward.name(), sight.now, Long.MAX_VALUE,
                                Optional.empty(), List.of())));
            }
        }
    }

    private static Reading reading(Term.SeriesTerm term, int number, double value, Sight sight) {
        Term.Window window = term.window();
        if (window != null) {
            Samples samples = sight.series.windows.samples(number, window.asked(), sight.now);
            List<Sample> listed = IntStream.range(0, samples.size())
                    .mapToObj(i -> new Sample(samples.ts(i), samples.value(i))).toList();
            long newest = sight.series.ts(number);
            return new Reading(term.text(), value, sight.series.entityOf(number), sight.series.text(number), newest,
                    Matcher.later(newest, window.asked().windowMillis()),
                    Optional.of(DurationText.of(window.asked().windowMillis())), listed);
        }
        long ts = sight.series.ts(number);
        return new Reading(term.selector().text(), value, sight.series.entityOf(number), sight.series.text(number), ts,
                Matcher.later(ts, term.staleMillis()), Optional.empty(), List.of());
    }

    /** The operator as seen from the other side. */
    static String mirrored(String sign) {
        for (CompareOp op : CompareOp.values()) {
            if (op.sign().equals(sign)) {
                return op.mirrored().sign();
            }
        }
        return sign;
    }
}
