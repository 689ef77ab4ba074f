package io.prunella.compiler.lower;

import com.google.re2j.Pattern;
import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.DurationTerm;
import io.prunella.compiler.check.RangeCall;
import io.prunella.compiler.check.TemplateText;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.SeriesSelector.LabelMatch;
import io.prunella.compiler.rule.SeverityRank;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.compiler.rule.ValueTerm.Counting;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Source;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Lowers checked conditions; what the checks refuse never comes here. */
final class ConditionLowering {
    private final Source source;

    ConditionLowering(Source source) {
        this.source = source;
    }

    /** A whole {@code when}: {@code duration} holds the rest of its top-level AND. */
    Condition when(Expr condition) {
        Optional<DurationTerm> hold = DurationTerm.of(condition);
        if (hold.isEmpty()) {
            return lower(condition, Quantifier.ANY);
        }
        Condition rest = new Condition.All(hold.get().rest().stream().map(e -> lower(e, Quantifier.ANY)).toList());
        return new Condition.Held(rest, hold.get().millis(), hold.get().strict(), HoldOrigin.DURATION);
    }

    /**
     * Any other condition.
     *
     * @param quantifier what holds for a comparison that does not say {@code any} or {@code all}
     */
    Condition lower(Expr expr, Quantifier quantifier) {
        return switch (expr) {
            case Expr.Or or -> new Condition.Any(or.operands().stream().map(o -> lower(o, quantifier)).toList());
            case Expr.And and -> new Condition.All(and.operands().stream().map(o -> lower(o, quantifier)).toList());
            case Expr.Not not -> new Condition.Negated(lower(not.operand(), quantifier));
            case Expr.Sustained s -> new Condition.Held(lower(s.condition(), quantifier), s.atLeast().millis(), false,
                    HoldOrigin.TERM);
            case Expr.Group group -> lower(group.inner(), quantifier);
            case Expr.Comparison c when severity(c.left()) || severity(c.right()) ->
                new Condition.Compare(severityOf(c.left()), c.op(), severityOf(c.right()), quantifier, text(c));
            case Expr.OverEntities heals when heals.set() == Expr.EntitySet.HEALS -> new Condition.Compare(
                    heals(heals), CompareOp.GE, new ValueTerm.Constant(1), quantifier, text(heals));
            case Expr.Comparison c -> new Condition.Compare(value(c.left()), c.op(), value(c.right()), quantifier,
                    text(c));
            case Expr.In in -> new Condition.InSet(value(in.value()), in.items().stream().map(this::interval).toList(),
                    quantifier, text(in));
            case Expr.BooleanLiteral literal -> literal.value()
                    ? new Condition.All(List.of())
                    : new Condition.Any(List.of());
            case Expr.Call call when call.function().text().equals("absent") -> new Condition.Absent(
                    selector((Expr.Series) call.arguments().getFirst()), text(call));
            case Expr.TimeIn time -> new Condition.TimeIn(time.fromMinute(), time.toMinute(),
                    time.zone().map(zone -> ZoneId.of(zone.text())).orElse(ZoneOffset.UTC), text(time));
            case Expr.OverEntities over -> new Condition.OverEntities(over.set(),
                    lower(over.where().orElseThrow(), quantifier),
                    over.function().text().equals("all") ? Quantifier.ALL : Quantifier.ANY, text(over));
            case Expr.Call call -> lower(call.arguments().getFirst(),
                    call.function().text().equals("all") ? Quantifier.ALL : Quantifier.ANY);
            case Expr.Path _,Expr.Probe _ -> new Condition.Compare(value(expr), CompareOp.EQ,
                    new ValueTerm.Flag(true), quantifier, text(expr));
            case Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Aggregate _,Expr.EventCount _,Expr.TimeSince _,Expr.Keyword _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                throw unchecked(expr);
        };
    }

    private Condition.Interval interval(Expr.InItem item) {
        return new Condition.Interval(value(item.from()), item.to().map(this::value));
    }

    ValueTerm value(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> new ValueTerm.Constant(inSeconds(number));
            case Expr.StringLiteral text -> new ValueTerm.Text(text.text());
            case Expr.BooleanLiteral literal -> new ValueTerm.Flag(literal.value());
            case Expr.Group group -> value(group.inner());
            case Expr.Series series -> new ValueTerm.Newest(selector(series));
            case Expr.Path path -> path(path);
            case Expr.Keyword keyword -> switch (keyword.term()) {
                case ENTITY -> new ValueTerm.EntityName();
                case NOW -> new ValueTerm.Now();
                case WEEKDAY -> new ValueTerm.Weekday();
                case PARENT -> new ValueTerm.ParentName();
                case DURATION, CAUSE, THIS -> throw unchecked(expr);
            };
            case Expr.OverEntities heals when heals.set() == Expr.EntitySet.HEALS -> heals(heals);
            case Expr.OverEntities over -> new ValueTerm.Counted(
                    over.function().text().equals("fraction") ? Counting.FRACTION : Counting.COUNT, over.set(),
                    over.where().map(where -> lower(where, Quantifier.ANY)),
                    over.by().stream().map(Name::text).toList(), text(over));
            case Expr.EventCount count -> new ValueTerm.EventCount(count.type().text(), count.window().millis(),
                    text(count));
            case Expr.TimeSince since -> switch (since.kind()) {
                case EVENT -> new ValueTerm.SinceEvent(since.name().text());
                case HEAL -> new ValueTerm.SinceHeal(since.name().text());
            };
            case Expr.Negate negate -> value(negate.operand()) instanceof ValueTerm.Constant c
                    ? new ValueTerm.Constant(-c.value())
                    : new ValueTerm.Negative(value(negate.operand()));
            case Expr.Arithmetic a -> new ValueTerm.Arithmetic(value(a.left()), a.op(), value(a.right()));
            case Expr.Call call when call.function().text().equals("value") -> value(call.arguments().getFirst());
            case Expr.Call call -> made(RangeCall.of(call).orElseThrow(() -> unchecked(call)), call);
            case Expr.Aggregate aggregate -> made(RangeCall.of(aggregate), aggregate);
            case Expr.Probe probe -> new ValueTerm.Probe(probe.protocol().text(),
                    TemplateText.read(probe.target().text()));
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Range _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                throw unchecked(expr);
        };
    }

    private ValueTerm made(RangeCall call, Expr expr) {
        return switch (call) {
            case RangeCall.Over over -> new ValueTerm.OverTime(over.function(), selector(over.series()), over.millis(),
                    over.parameter(), text(expr));
            case RangeCall.Across across ->
                new ValueTerm.Across(across.aggregation(), value(across.argument()), across.by(), text(expr));
            case RangeCall.Misshapen _ -> throw unchecked(expr);
        };
    }

    private static boolean severity(Expr expr) {
        return ungrouped(expr) instanceof Expr.Call call && call.function().text().equals("severity");
    }

    private static Expr ungrouped(Expr expr) {
        return expr instanceof Expr.Group group ? ungrouped(group.inner()) : expr;
    }

    private static ValueTerm severityOf(Expr side) {
        if (ungrouped(side) instanceof Expr.Call call) {
            boolean cause = call.arguments().getFirst() instanceof Expr.Keyword keyword
                    && keyword.term() == Expr.KeywordTerm.CAUSE;
            return new ValueTerm.SeverityOf(cause ? ValueTerm.Party.CAUSE : ValueTerm.Party.THIS);
        }
        return new ValueTerm.Constant(SeverityRank.of(Choices.word(side).orElseThrow()));
    }

    private ValueTerm heals(Expr.OverEntities heals) {
        return new ValueTerm.Counted(ValueTerm.Counting.COUNT, Expr.EntitySet.HEALS,
                heals.where().map(where -> lower(where, Quantifier.ANY)), List.of(), text(heals));
    }

    private static IllegalStateException unchecked(Expr expr) {
        return new IllegalStateException("unchecked expression: " + expr);
    }

    // Samples are in seconds for durations, so what is compared with them is too.
    private static double inSeconds(Expr.NumberLiteral number) {
        return number.dimension() == Dimension.DURATION ? number.value() / 1000.0 : number.value();
    }

    private static ValueTerm path(Expr.Path path) {
        List<String> fields = path.fields().stream().map(f -> f.text()).toList();
        return switch (path.root().text()) {
            case "label" -> new ValueTerm.Label(String.join(".", fields));
            case "event" -> new ValueTerm.EventAttribute(fields);
            case String alias -> new ValueTerm.MatchedAttribute(alias, fields);
        };
    }

    static SeriesSelector selector(Expr.Series series) {
        List<LabelMatch> matches = series.matchers().stream().map(ConditionLowering::match).toList();
        StringBuilder text = new StringBuilder(series.name().text());
        if (!series.matchers().isEmpty()) {
            text.append('{');
            String separator = "";
            for (Expr.Matcher matcher : series.matchers()) {
                text.append(separator).append(matcher.label().text()).append(matcher.op().sign())
                        .append(quoted(matcher.value().text()));
                separator = ", ";
            }
            text.append('}');
        }
        return new SeriesSelector(series.name().text(), matches, text.toString());
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
                + "\"";
    }

    private static LabelMatch match(Expr.Matcher matcher) {
        String label = matcher.label().text();
        String value = matcher.value().text();
        return switch (matcher.op()) {
            case EQ -> new LabelMatch.Equal(label, value);
            case NE -> new LabelMatch.NotEqual(label, value);
            case MATCHES -> new LabelMatch.Matching(label, Pattern.compile(value));
            case NOT_MATCHES -> new LabelMatch.NotMatching(label, Pattern.compile(value));
        };
    }

    /** As written, on one line. */
    String text(Expr expr) {
        return source.slice(expr.span()).replaceAll("\\s+", " ");
    }
}
