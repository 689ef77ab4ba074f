package io.prunella.compiler.check;

import io.prunella.compiler.check.MetricTypes.Use;
import io.prunella.compiler.check.MetricTypes.Uses;
import io.prunella.compiler.rule.ValueTerm.Aggregation;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out what undeclared metrics measure, from everything that the pack compares them with. */
public final class Inference {
    // A dimension found in one comparison may be what another one waits for; chains longer than this are not followed.
    private static final int ROUNDS = 8;

    private final Symbols symbols;
    private final Map<String, ParsedFile> files;
    private final Uses uses = new Uses();

    private Inference(Symbols symbols, Map<String, ParsedFile> files) {
        this.symbols = symbols;
        this.files = files;
    }

    /** Types of all metrics; a metric on which uses disagree is reported with every site. */
    public static MetricTypes infer(Symbols symbols, Map<String, ParsedFile> files, Problems problems) {
        Inference inference = new Inference(symbols, files);
        for (int round = 0; round < ROUNDS; round++) {
            inference.round();
            if (!inference.uses.takeGrew()) {
                break;
            }
        }
        return inference.result(problems);
    }

    private void round() {
        for (RuleDeclaration rule : symbols.rules()) {
            for (Expr condition : conditions(rule.clauses())) {
                walk(condition, rule.file());
            }
        }
        symbols.guards().forEach(guard -> walk(guard.declaration().when(), guard.file()));
        symbols.suppressions().forEach(suppress -> suppress.declaration().when()
                .ifPresent(when -> walk(when, suppress.file())));
        for (Declared<Declaration.Test> test : symbols.tests()) {
            for (Given given : test.declaration().given()) {
                if (given instanceof Given.Samples samples) {
                    samples(samples, test.file());
                }
            }
        }
    }

    private static List<Expr> conditions(Clauses clauses) {
        List<Expr> all = new ArrayList<>();
        all.addAll(clauses.filters());
        clauses.one(Clause.Until.class).ifPresent(c -> all.add(c.condition()));
        clauses.one(Clause.When.class).ifPresent(c -> all.add(c.condition()));
        clauses.one(Clause.Unless.class).ifPresent(c -> all.add(c.condition()));
        clauses.one(Clause.Verify.class).ifPresent(c -> all.add(c.condition()));
        clauses.steps().forEach(step -> StepCheck.condition(step).ifPresent(all::add));
        clauses.steps().forEach(step -> StepCheck.until(step).ifPresent(all::add));
        return all;
    }

    private void samples(Given.Samples samples, String file) {
        List<Expr> values = switch (samples.values()) {
            case Given.SampleValues.Constant constant -> List.of(constant.value());
            case Given.SampleValues.Ramp ramp -> List.of(ramp.from(), ramp.to());
        };
        if (symbols.metric(samples.metric().text()).isPresent()) {
            return;
        }
        for (Expr value : values) {
            // Samples alone give no dimension: a test writes `97%` and `0.97` for the same thing.
            dimension(value).filter(d -> d != Dimension.NUMBER)
                    .ifPresent(d -> uses.add(samples.metric().text(), use(d, value, samples, file)));
        }
    }

    private Use use(Dimension dimension, Expr other, io.prunella.dsl.ast.Node site, String file) {
        boolean percent = other instanceof Expr.NumberLiteral number && number.percent();
        ParsedFile parsed = files.get(file);
        String text = parsed == null ? "" : parsed.source().slice(other.span());
        return new Use(dimension, percent, text, file, site.span());
    }

    private void walk(Expr expr, String file) {
        switch (expr) {
            case Expr.Or or -> or.operands().forEach(o -> walk(o, file));
            case Expr.And and -> and.operands().forEach(o -> walk(o, file));
            case Expr.Not not -> walk(not.operand(), file);
            case Expr.Sustained sustained -> walk(sustained.condition(), file);
            case Expr.Group group -> walk(group.inner(), file);
            case Expr.Call call -> call.arguments().forEach(a -> walk(a, file));
            case Expr.OverEntities over -> over.where().ifPresent(where -> walk(where, file));
            case Expr.Comparison c -> {
                walkValue(c.left(), file);
                walkValue(c.right(), file);
                switch (c.op()) {
                    case EQ, NE, LT, LE, GT, GE -> pair(c.left(), c.right(), file);
                    case MATCHES, NOT_MATCHES -> {
                        // Patterns compare text, and no metric is one.
                    }
                }
            }
            case Expr.In in -> {
                walkValue(in.value(), file);
                in.items().forEach(item -> {
                    pair(in.value(), item.from(), file);
                    item.to().ifPresent(to -> pair(in.value(), to, file));
                });
            }
            case Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Aggregate _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ -> {
                // Holds no comparison that is executed.
            }
        }
    }

    /** Conditions that stand inside a value: what is asked of each of several entities. */
    private void walkValue(Expr value, String file) {
        Ast.walk(value, node -> {
            if (node instanceof Expr.OverEntities over) {
                walk(over, file);
            }
        });
    }

    private void pair(Expr left, Expr right, String file) {
        dimension(left).ifPresent(d -> expect(right, d, left, file));
        dimension(right).ifPresent(d -> expect(left, d, right, file));
    }

    private void expect(Expr expr, Dimension dimension, Expr other, String file) {
        switch (expr) {
            case Expr.Series series -> {
                if (symbols.metric(series.name().text()).isEmpty()) {
                    uses.add(series.name().text(), use(dimension, other, series, file));
                }
            }
            case Expr.Group group -> expect(group.inner(), dimension, other, file);
            case Expr.Negate negate -> expect(negate.operand(), dimension, other, file);
            case Expr.Arithmetic arithmetic -> expectOperands(arithmetic, dimension, other, file);
            case Expr.Call call when call.function().text().equals("value") && call.arguments().size() == 1 ->
                expect(call.arguments().getFirst(), dimension, other, file);
            case Expr.Call call -> RangeCall.of(call).ifPresent(made -> expect(made, dimension, other, file));
            case Expr.Aggregate aggregate -> expect(RangeCall.of(aggregate), dimension, other, file);
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Range _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ -> {
                // No metric's own value.
            }
        }
    }

    private void expect(RangeCall call, Dimension dimension, Expr other, String file) {
        switch (call) {
            case RangeCall.Over over -> {
                Optional<Dimension> own = RangeCall.metric(over.function(), dimension);
                if (own.isPresent() && symbols.metric(over.series().name().text()).isEmpty()) {
                    Use use = use(own.get(), other, over.series(), file);
                    // Only a ratio that stays one tells of samples that cannot be ratios.
                    uses.add(over.series().name().text(), new Use(use.dimension(),
                            use.percent() && RangeCall.within(over.function()), use.text(), use.file(), use.span()));
                }
            }
            case RangeCall.Across across -> {
                if (RangeCall.within(across.aggregation())) {
                    expect(across.argument(), dimension, other, file);
                } else if (across.aggregation() == Aggregation.SUM && dimension != Dimension.NUMBER) {
                    expect(across.argument(), dimension, other, file);
                }
            }
            case RangeCall.Misshapen _ -> {
                // Reported by the check.
            }
        }
    }

    private void expectOperands(Expr.Arithmetic arithmetic, Dimension dimension, Expr other, String file) {
        Optional<Dimension> left = dimension(arithmetic.left());
        Optional<Dimension> right = dimension(arithmetic.right());
        boolean plain = dimension == Dimension.NUMBER;
        if (additive(arithmetic.op())) {
            if (!plain) {
                expect(arithmetic.left(), dimension, other, file);
                expect(arithmetic.right(), dimension, other, file);
            }
            return;
        }
        if (right.equals(Optional.of(Dimension.NUMBER))) {
            expect(arithmetic.left(), dimension, other, file);
        } else if (left.equals(Optional.of(Dimension.NUMBER)) && arithmetic.op() == ArithmeticOp.MULTIPLY) {
            expect(arithmetic.right(), dimension, other, file);
        } else if (plain && arithmetic.op() == ArithmeticOp.DIVIDE) {
            left.filter(d -> d != Dimension.NUMBER)
                    .ifPresent(d -> expect(arithmetic.right(), d, arithmetic.left(), file));
            right.filter(d -> d != Dimension.DURATION)
                    .ifPresent(d -> expect(arithmetic.left(), d, arithmetic.right(), file));
        }
    }

    private static boolean additive(ArithmeticOp op) {
        return switch (op) {
            case ADD, SUBTRACT, MODULO -> true;
            case MULTIPLY, DIVIDE -> false;
        };
    }

    /** What is known so far, quietly; strings and booleans are no metric's. */
    private Optional<Dimension> dimension(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> Type.of(number).known();
            case Expr.Series series -> symbols.metric(series.name().text())
                    .map(m -> Type.named(m.type().text()).map(Type.Of::dimension))
                    .orElseGet(() -> uses.first(series.name().text()));
            case Expr.Group group -> dimension(group.inner());
            case Expr.Negate negate -> dimension(negate.operand());
            case Expr.OverEntities _,Expr.EventCount _ -> Optional.of(Dimension.NUMBER);
            case Expr.TimeSince _ -> Optional.of(Dimension.DURATION);
            case Expr.Keyword k when k.term() == Expr.KeywordTerm.NOW || k.term() == Expr.KeywordTerm.WEEKDAY ->
                Optional.of(Dimension.NUMBER);
            case Expr.Arithmetic a -> dimension(a.left())
                    .flatMap(l -> dimension(a.right()).flatMap(r -> Arithmetics.of(l, a.op(), r)));
            case Expr.Call call when call.function().text().equals("value") && call.arguments().size() == 1 ->
                dimension(call.arguments().getFirst());
            case Expr.Call call -> RangeCall.of(call).flatMap(this::dimension);
            case Expr.Aggregate aggregate -> dimension(RangeCall.of(aggregate));
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Range _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                Optional.empty();
        };
    }

    private Optional<Dimension> dimension(RangeCall call) {
        return switch (call) {
            case RangeCall.Over over -> dimension(over.series()).flatMap(d -> RangeCall.result(over.function(), d));
            case RangeCall.Across across -> across.aggregation() == Aggregation.COUNT
                    ? Optional.of(Dimension.NUMBER)
                    : dimension(across.argument());
            case RangeCall.Misshapen _ -> Optional.empty();
        };
    }

    private MetricTypes result(Problems problems) {
        Map<String, Dimension> inferred = new HashMap<>();
        Set<String> conflicting = new HashSet<>();
        Set<String> percent = new HashSet<>();
        for (Map.Entry<String, Set<Use>> entry : uses.byMetric().entrySet()) {
            String metric = entry.getKey();
            List<Use> sites = List.copyOf(entry.getValue());
            Use first = sites.getFirst();
            inferred.put(metric, first.dimension());
            if (sites.stream().anyMatch(Use::percent)) {
                percent.add(metric);
            }
            Optional<Use> other = sites.stream().filter(u -> u.dimension() != first.dimension()).findFirst();
            if (other.isPresent()) {
                conflicting.add(metric);
                report(metric, first, other.get(), sites, problems);
            }
        }
        return new MetricTypes(inferred, conflicting, percent);
    }

    private static void report(String metric, Use first, Use other, List<Use> sites, Problems problems) {
        Diagnostics.Reported reported = problems.in(other.file())
                .report(DiagnosticCode.METRIC_IN_TWO_DIMENSIONS, other.span())
                .message("`%s` is %s here, compared with `%s`, and %s elsewhere, compared with `%s`", metric,
                        label(other), other.text(), label(first), first.text());
        for (Use site : sites) {
            if (!site.equals(other)) {
                reported.label(site.file(), site.span(),
                        label(site) + " here, compared with `" + site.text() + "`");
            }
        }
        reported.help("declare what it is, e.g. `metric " + metric + ": " + (first.percent()
                ? "ratio"
                : first
                        .dimension().label())
                + "`");
    }

    private static String label(Use use) {
        return Type.phrase(use.percent() ? "ratio" : use.dimension().label());
    }
}
