package io.prunella.dsl.format;

import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Node;
import io.prunella.dsl.diagnostic.Source;
import java.util.List;
import java.util.Locale;

/** Conditions and values; names, texts and numbers stay as they were written. */
final class ExprPrinter {
    private final Source source;

    ExprPrinter(Source source) {
        this.source = source;
    }

    /** A name or literal as it was written. */
    String written(Node node) {
        return source.slice(node.span());
    }

    void print(Expr expr, Flow out) {
        switch (expr) {
            case Expr.Or or -> joined(or.operands(), "OR ", out);
            case Expr.And and -> joined(and.operands(), "AND ", out);
            case Expr.Not not -> print(not.operand(), out.text("NOT "));
            case Expr.Sustained sustained -> {
                print(sustained.condition(), out);
                out.text(" for ").text(written(sustained.atLeast()));
            }
            case Expr.Group group -> {
                print(group.inner(), out.text("(").deeper());
                out.shallower().text(")");
            }
            case Expr.Comparison comparison -> {
                print(comparison.left(), out);
                out.text(" ").text(comparison.op().sign()).deeper().gap().shallower();
                print(comparison.right(), out);
            }
            case Expr.In in -> {
                print(in.value(), out);
                out.text(" in [").deeper();
                list(in.items(), out, item -> inItem(item, out));
                out.shallower().text("]");
            }
            case Expr.TimeIn time -> {
                out.text("time in ").text(clock(time.fromMinute())).text("..").text(clock(time.toMinute()));
                time.zone().ifPresent(zone -> out.text(" zone ").text(written(zone)));
            }
            case Expr.Arithmetic arithmetic -> {
                print(arithmetic.left(), out);
                out.deeper().gap().shallower().text(arithmetic.op().sign()).text(" ");
                print(arithmetic.right(), out);
            }
            case Expr.Negate negate -> print(negate.operand(), out.text("-"));
            case Expr.Series series -> series(series, out);
            case Expr.Range range -> {
                series(range.series(), out);
                out.text("[").text(written(range.window())).text("]");
            }
            case Expr.Call call -> {
                out.text(call.function().text()).text("(").deeper();
                list(call.arguments(), out, argument -> print(argument, out));
                out.shallower().text(")");
            }
            case Expr.Aggregate aggregate -> {
                out.text(aggregate.function().text()).text(" by (").text(names(aggregate.by())).text(") (").deeper();
                print(aggregate.argument(), out);
                out.shallower().text(")");
            }
            case Expr.OverEntities over -> over(over, out);
            case Expr.EventCount count -> out.text("count(event ").text(written(count.type())).text(", ")
                    .text(written(count.window())).text(")");
            case Expr.TimeSince since -> out.text("time since ").text(since.kind().name().toLowerCase(Locale.ROOT))
                    .text(" ").text(written(since.name()));
            case Expr.Path path -> out.text(written(path));
            case Expr.Keyword keyword -> out.text(keyword.term().name().toLowerCase(Locale.ROOT));
            case Expr.Probe probe -> out.text("probe(").text(written(probe.protocol())).text(" ")
                    .text(written(probe.target())).text(")");
            case Expr.NumberLiteral number -> out.text(number.text());
            case Expr.StringLiteral string -> out.text(written(string));
            case Expr.BooleanLiteral bool -> out.text(bool.value() ? "true" : "false");
            case Expr.ListLiteral literal -> {
                out.text("[").deeper();
                list(literal.items(), out, item -> print(item, out));
                out.shallower().text("]");
            }
            case Expr.MapLiteral map -> map(map, out);
            case Expr.Pattern pattern -> out.text(written(pattern));
        }
    }

    private void joined(List<Expr> operands, String word, Flow out) {
        print(operands.getFirst(), out);
        for (Expr operand : operands.subList(1, operands.size())) {
            out.gap().text(word);
            out.deeper();
            print(operand, out);
            out.shallower();
        }
    }

    private void inItem(Expr.InItem item, Flow out) {
        print(item.from(), out);
        item.to().ifPresent(to -> print(to, out.text("..")));
    }

    private void series(Expr.Series series, Flow out) {
        out.text(series.name().text());
        // Empty braces tell a metric called `duration` from the word.
        if (!series.matchers().isEmpty() || series.span().end() > series.name().span().end()) {
            matchers(series.matchers(), out);
        }
    }

    void matchers(List<Expr.Matcher> matchers, Flow out) {
        out.text("{").deeper();
        list(matchers, out, matcher -> out.text(matcher.label().text()).text(matcher.op().sign())
                .text(written(matcher.value())));
        out.shallower().text("}");
    }

    private void over(Expr.OverEntities over, Flow out) {
        out.text(over.function().text()).text("(").text(over.set().name().toLowerCase(Locale.ROOT)).deeper();
        over.where().ifPresent(where -> print(where, out.gap().text("where ")));
        out.shallower().text(")");
        if (over.by().size() == 1) {
            out.text(" by ").text(over.by().getFirst().text());
        } else if (!over.by().isEmpty()) {
            out.text(" by (").text(names(over.by())).text(")");
        }
    }

    void map(Expr.MapLiteral map, Flow out) {
        out.text("{").deeper();
        list(map.entries(), out, entry -> entry(entry, out));
        out.shallower().text("}");
    }

    void entry(Expr.Entry entry, Flow out) {
        print(entry.value(), out.text(written(entry.name())).text(": "));
    }

    String names(List<Name> names) {
        return String.join(", ", names.stream().map(this::written).toList());
    }

    String duration(DurationLiteral duration) {
        return written(duration);
    }

    <T> void list(List<T> items, Flow out, java.util.function.Consumer<T> print) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.text(",").gap();
            }
            print.accept(items.get(i));
        }
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
