package io.prunella.compiler.check;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks one value of a condition, and says what it measures. */
final class ValueCheck {
    private static final List<String> FUNCTIONS = functions();

    private final Symbols symbols;
    private final MetricTypes metrics;
    private final Place place;
    private final Source source;
    private final Diagnostics problems;

    ValueCheck(Symbols symbols, MetricTypes metrics, Place place, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.metrics = metrics;
        this.place = place;
        this.source = source;
        this.problems = problems;
    }

    private static List<String> functions() {
        List<String> names = new ArrayList<>();
        names.addAll(RangeCall.PROMETHEUS.keySet());
        names.addAll(RangeCall.SHORT.keySet());
        names.addAll(List.of("any", "all", "value", "probe", "count", "predict_linear", "quantile_over_time", "p99",
                "absent", "fraction", "severity"));
        return List.copyOf(names);
    }

    /** Its type; anything when a problem was reported. */
    Type type(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> Type.of(number);
            case Expr.StringLiteral _ -> Type.Of.of(Dimension.STRING);
            case Expr.BooleanLiteral _ -> Type.Of.of(Dimension.BOOLEAN);
            case Expr.Group group -> type(group.inner());
            case Expr.Series series -> series(series);
            case Expr.Path path -> path(path);
            case Expr.Keyword keyword -> keyword(keyword);
            case Expr.Negate negate -> negate(negate);
            case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Expr.Call call -> call(call);
            case Expr.Probe probe -> probe(probe);
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _ -> {
                problems.report(DiagnosticCode.WRONG_OPERATOR, expr.span())
                        .message("`%s` is a condition, and a value belongs here", source.slice(expr.span()));
                yield Type.anything();
            }
            case Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ -> {
                problems.report(DiagnosticCode.WRONG_OPERATOR, expr.span())
                        .message("`%s` cannot be compared", source.slice(expr.span()));
                yield Type.anything();
            }
            case Expr.OverEntities heals when heals.set() == Expr.EntitySet.HEALS -> {
                new HealsCheck(place, source, problems).check(heals);
                yield Type.Of.of(Dimension.NUMBER);
            }
            case Expr.TimeIn _ -> {
                problems.report(DiagnosticCode.WRONG_OPERATOR, expr.span())
                        .message("`%s` is a condition, and a value belongs here", source.slice(expr.span()));
                yield Type.anything();
            }
            case Expr.OverEntities over -> counted(over);
            case Expr.EventCount count -> {
                event(count.type());
                TimeCheck.window(count, problems);
                yield Type.Of.of(Dimension.NUMBER);
            }
            case Expr.TimeSince since -> {
                since(since);
                yield Type.Of.of(Dimension.DURATION);
            }
            case Expr.Range range -> {
                String text = source.slice(range.span());
                problems.report(DiagnosticCode.WRONG_OPERATOR, expr.span())
                        .message("`%s` is many values, and one belongs here", text)
                        .help("make one of them, e.g. `avg_over_time(" + text + ")`");
                yield Type.anything();
            }
            case Expr.Aggregate aggregate ->
                new SeriesFunctionCheck(this, source, problems).type(RangeCall.of(aggregate), aggregate);
        };
    }

    Type series(Expr.Series series) {
        ExprCheck.matchers(series.matchers(), problems);
        String name = series.name().text();
        if (symbols.metric(name).isEmpty()) {
            Spelling.warn("metric", name, series.name().span(), symbols.metrics().keySet(), problems);
        }
        return metrics.of(name, symbols);
    }

    private Type keyword(Expr.Keyword keyword) {
        return switch (keyword.term()) {
            case ENTITY -> Type.Of.of(Dimension.STRING);
            case DURATION -> {
                problems.report(DiagnosticCode.MISPLACED_DURATION, keyword.span())
                        .message("`duration` stands once, directly in the top-level `AND` of `when`, "
                                + "with `>` or `>=` behind it")
                        .help("hold one term with `for`, e.g. `cpu_load > 95% for 30s`, or the whole `when` with the "
                                + "clause `for: 30s`");
                yield Type.anything();
            }
            case NOW, WEEKDAY -> Type.Of.of(Dimension.NUMBER);
            case PARENT -> Type.Of.of(Dimension.STRING);
            case CAUSE, THIS -> {
                problems.report(DiagnosticCode.WRONG_OPERATOR, keyword.span())
                        .message("of the two of a suppression only the severity is asked")
                        .help("e.g. `severity(cause) >= severity(this)`");
                yield Type.anything();
            }
        };
    }

    private Type counted(Expr.OverEntities counted) {
        if (FleetCheck.quantifier(counted)) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, counted.span())
                    .message("`%s` is a condition, and a value belongs here", source.slice(counted.span()));
            return Type.anything();
        }
        over(counted);
        return Type.Of.of(Dimension.NUMBER);
    }

    /** What is asked of each of the others is a condition of its own, without the event that started the rule. */
    void over(Expr.OverEntities over) {
        if (new FleetCheck(symbols, problems).fits(over)) {
            Place ofEach = new Place(place.kind(), Optional.empty());
            over.where().ifPresent(where -> new ExprCheck(symbols, metrics, ofEach, source, problems).condition(where));
        }
    }

    private void event(Name type) {
        if (symbols.event(type.text()).isEmpty()) {
            Spelling.warn("event", type.text(), type.span(), symbols.events().keySet(), problems);
        }
    }

    private void since(Expr.TimeSince since) {
        switch (since.kind()) {
            case EVENT -> event(since.name());
            case HEAL -> {
                List<String> known = new ArrayList<>(symbols.ruleNames());
                known.addAll(symbols.actions().keySet());
                if (!known.contains(since.name().text())) {
                    Spelling.warn("rule or action", since.name().text(), since.name().span(), known, problems);
                }
            }
        }
    }

    private Type path(Expr.Path path) {
        String root = path.root().text();
        if (root.equals("label")) {
            return Type.Of.of(Dimension.STRING);
        }
        if (root.equals(StepReference.ROOT)) {
            return new StepReference(symbols, place, source, problems).type(path);
        }
        if (root.equals(Place.EVENT) || place.aliases().contains(root)) {
            return attribute(root, path);
        }
        problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.span())
                .message("`%s` names nothing that has attributes", root)
                .help(Closest.question(root, names()).orElse("`event.x` and `label.x` do"));
        return Type.anything();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(Place.EVENT, "label"));
        names.addAll(place.aliases());
        return names;
    }

    private Type attribute(String root, Expr.Path path) {
        if (place.event().isEmpty()) {
            problems.report(DiagnosticCode.UNKNOWN_REFERENCE, path.span())
                    .message(place.kind() == Place.Kind.UNTIL
                            ? "`%s` speaks of an event, and `until` is judged when the event may be long over"
                            : "`%s` speaks of an event, and no event starts this rule",
                            source.slice(path.span()))
                    .help(place.kind() == Place.Kind.UNTIL
                            ? "compare a metric or a label, e.g. `until: cpu_load < 80% for 2m`"
                            : "add a trigger such as `on event: \"node_unreachable\"`");
            return Type.anything();
        }
        String name = path.fields().getFirst().text();
        if (Attributes.BUILT_IN.contains(name)) {
            return Type.Of.of(Dimension.STRING);
        }
        Attributes.warnUndeclared(root, name, path.fields().getFirst().span(), place, symbols, problems);
        return place.attribute(root, name, symbols);
    }

    private Type negate(Expr.Negate negate) {
        Type type = type(negate.operand());
        if (type.known().filter(d -> d == Dimension.STRING || d == Dimension.BOOLEAN).isPresent()) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, negate.span()).message("`%s` has no sign",
                    source.slice(negate.operand().span()));
            return Type.anything();
        }
        return type;
    }

    private Type arithmetic(Expr.Arithmetic a) {
        TimeCheck.arithmetic(a, source, problems);
        Type left = type(a.left());
        Type right = type(a.right());
        if (TimeCheck.secondsOf(a, left, right)) {
            return Type.anything();
        }
        if (!(left instanceof Type.Of l) || !(right instanceof Type.Of r)) {
            return Type.anything();
        }
        Optional<Dimension> result = Arithmetics.of(l.dimension(), a.op(), r.dimension());
        if (result.isEmpty()) {
            problems.report(DiagnosticCode.DIFFERENT_DIMENSIONS, a.span()).message(
                    "`%s` is %s and `%s` %s: `%s` does not take them together", source.slice(a.left().span()),
                    l.phrase(), source.slice(a.right().span()), r.phrase(), a.op().sign());
            return Type.anything();
        }
        return result.get() == l.dimension() && l.dimension() == r.dimension() ? l : Type.Of.of(result.get());
    }

    private Type call(Expr.Call call) {
        String name = call.function().text();
        if (ExprCheck.quantifier(call) || name.equals("absent")) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, call.span())
                    .message("`%s(…)` is a condition, and a value belongs here", name);
            return Type.anything();
        }
        if (name.equals("severity")) {
            return severity(call);
        }
        if (name.equals("value") && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expr.Series series) {
            return series(series);
        }
        Optional<RangeCall> made = RangeCall.of(call);
        if (made.isPresent()) {
            return new SeriesFunctionCheck(this, source, problems).type(made.get(), call);
        }
        if (name.equals("value")) {
            problems.report(DiagnosticCode.UNKNOWN_FUNCTION, call.span()).message("`value` takes one metric")
                    .help("e.g. `value(cpu_load)`");
        } else {
            problems.report(DiagnosticCode.UNKNOWN_FUNCTION, call.function().span())
                    .message("no function is called `%s`", name).help(Closest.question(name, FUNCTIONS));
        }
        return Type.anything();
    }

    private Type severity(Expr.Call call) {
        boolean party = call.arguments().size() == 1 && call.arguments().getFirst() instanceof Expr.Keyword keyword
                && (keyword.term() == Expr.KeywordTerm.CAUSE || keyword.term() == Expr.KeywordTerm.THIS);
        if (place.kind() != Place.Kind.SUPPRESS) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, call.span())
                    .message("`severity(…)` is that of the two of a suppression, and stands only in `suppress`");
        } else if (!party) {
            problems.report(DiagnosticCode.WRONG_OPERATOR, call.span())
                    .message("`severity` takes `cause` or `this`").help("e.g. `severity(cause) >= severity(this)`");
        }
        return Type.anything();
    }

    private Type probe(Expr.Probe probe) {
        if (place.kind() != Place.Kind.VERIFY && place.kind() != Place.Kind.UNTIL) {
            problems.report(DiagnosticCode.MISPLACED_PROBE, probe.span())
                    .message("a probe asks the target when it is needed, and so stands only in `verify` and `until`")
                    .help("compare a metric here, and probe in `verify`");
            return Type.anything();
        }
        new TemplateCheck(symbols, place, problems).check(probe.target());
        return switch (probe.protocol().text()) {
            case "http" -> Type.Of.of(Dimension.NUMBER);
            case "tcp" -> Type.Of.of(Dimension.BOOLEAN);
            default -> {
                Choices.check(probe.protocol(), "protocol of probes", List.of("http", "tcp"), problems);
                yield Type.anything();
            }
        };
    }
}
