package io.prunella.dsl.ast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at whole trees: everything in one, and whether two mean the same. */
public final class Ast {
    private Ast() {}

    /** Hands over a node and everything below it, parents before children, in the order written. */
    public static void walk(Node node, Consumer<? super Node> visitor) {
        visitor.accept(node);
        for (Object part : parts(node)) {
            walkPart(part, visitor);
        }
    }

    private static void walkPart(Object part, Consumer<? super Node> visitor) {
        if (part instanceof Node child) {
            walk(child, visitor);
        } else if (part instanceof List<?> list) {
            list.forEach(item -> walkPart(item, visitor));
        } else if (part instanceof Optional<?> optional) {
            optional.ifPresent(item -> walkPart(item, visitor));
        }
    }

    /**
     * Whether two trees say the same: places, comments, the order of a rule's clauses and other ways to write the same
     * number or text make no difference.
     */
    public static boolean sameMeaning(Node a, Node b) {
        return a.getClass() == b.getClass() && sameParts(parts(a), parts(b));
    }

    private static boolean sameParts(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!samePart(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean samePart(Object a, Object b) {
        if (a instanceof Node left && b instanceof Node right) {
            return sameMeaning(left, right);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return sameParts(left, right);
        }
        if (a instanceof Optional<?> left && b instanceof Optional<?> right) {
            return left.isPresent() == right.isPresent() && (left.isEmpty() || samePart(left.get(), right.get()));
        }
        return a.equals(b);
    }

    /** A tree as indented text, for people who look for a mistake. */
    public static String print(Node node) {
        StringBuilder out = new StringBuilder();
        print(node, 0, out);
        return out.toString();
    }

    private static void print(Object part, int depth, StringBuilder out) {
        if (part instanceof Node node) {
            String indent = "  ".repeat(depth);
            out.append(indent).append(node.getClass().getSimpleName());
            List<Object> parts = parts(node);
            for (Object scalar : parts) {
                if (!(scalar instanceof Node) && !(scalar instanceof List<?>) && !(scalar instanceof Optional<?> o
                        && (o.isEmpty() || o.get() instanceof Node))) {
                    out.append(' ').append(quoted(scalar instanceof Optional<?> o ? o.get() : scalar));
                }
            }
            out.append('\n');
            parts.forEach(child -> print(child, depth + 1, out));
        } else if (part instanceof List<?> list) {
            list.forEach(item -> print(item, depth, out));
        } else if (part instanceof Optional<?> optional) {
            optional.ifPresent(item -> print(item, depth, out));
        }
    }

    private static String quoted(Object scalar) {
        return scalar instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"'
                : scalar.toString();
    }

    /** Where a clause stands in a rule that is laid out as the formatter does it. */
    public static int rank(Clause clause) {
        return switch (clause) {
            case Clause.Describe _ -> 0;
            case Clause.Runbook _ -> 1;
            case Clause.Severity _ -> 2;
            case Clause.Labels _ -> 3;
            case Clause.Annotations _ -> 4;
            case Clause.Priority _ -> 5;
            case Clause.Mode _ -> 6;
            case Clause.By _ -> 7;
            case Clause.On _ -> 8;
            case Clause.PromExpr _ -> 9;
            case Clause.Every _ -> 10;
            case Clause.GroupName _ -> 11;
            case Clause.When _ -> 12;
            case Clause.For _ -> 13;
            case Clause.KeepFiringFor _ -> 14;
            case Clause.Unless _ -> 15;
            case Clause.Until _ -> 16;
            case Clause.Repeat _ -> 17;
            case Clause.Then _ -> 18;
            case Clause.Verify _ -> 19;
            case Clause.After _ -> 20;
            case Clause.Rollback _ -> 21;
            case Clause.Escalate _ -> 22;
            case Clause.Cooldown _ -> 23;
            case Clause.Limit _ -> 24;
        };
    }

    private static List<Clause> ordered(List<Clause> clauses) {
        List<Clause> ordered = new ArrayList<>(clauses);
        ordered.sort(Comparator.comparingInt(Ast::rank));
        return ordered;
    }

    // What a node is made of besides its place: nodes, lists and optionals of them, and plain values.
    private static List<Object> parts(Node node) {
        return switch (node) {
            case SourceFile n -> List.of(n.declarations());
            case Name n -> List.of(n.text());
            case DurationLiteral n -> List.of(n.millis());
            case Declaration n -> declaration(n);
            case Declaration.Requirement n -> List.of(n.pack(), n.op(), n.version());
            case Declaration.Field n -> List.of(n.name(), n.type());
            case Declaration.Parameter n -> List.of(n.name(), n.type(), n.defaultValue());
            case Declaration.Driver n -> List.of(n.name(), n.arguments());
            case Declaration.WindowOverride n -> List.of(n.label(), n.value(), n.window());
            case Clause n -> clause(n);
            case Clause.LimitTerm.Rate n -> List.of(n.count(), n.window(), n.per());
            case Clause.LimitTerm.AtOnce n -> List.of(n.count(), n.per());
            case Clause.LimitTerm.OfFleet n -> List.of(n.fraction());
            case Trigger.OnEvent n -> List.of(n.first(), n.chain(), n.without(), n.times(), n.open());
            case Trigger.OnBurn n -> List.of(n.slo(), n.op(), n.threshold());
            case Trigger.OnAlert n -> List.of(n.names(), n.where());
            case Trigger.OnCron n -> List.of(n.cron(), n.zone());
            case Trigger.OnEvery n -> List.of(n.period());
            case Trigger.EventPattern n -> List.of(n.types(), n.where(), n.alias());
            case Trigger.FollowedBy n -> List.of(n.pattern(), n.within());
            case Trigger.Without n -> List.of(n.pattern(), n.within());
            case Trigger.Times n -> List.of(n.count(), n.within());
            case Step.Invoke n -> List.of(n.verb(), n.positional(), n.options());
            case Step.Parallel n -> List.of(n.steps());
            case Step.Argument n -> List.of(n.name(), n.value());
            case Step.ArgumentValue.Value n -> List.of(n.expr());
            case Step.ArgumentValue.Backoff n -> List.of(n.first(), n.factor(), n.max());
            case Step.ArgumentValue.Targets n -> List.of(n.set(), n.where(), n.atOnce());
            case Step.ArgumentValue.Word n -> List.of(n.word());
            case Given.Samples n -> List.of(n.entity(), n.metric(), n.labels(), n.values(), n.every(), n.from());
            case Given.EventAt n -> List.of(n.at(), n.type(), n.entity(), n.resolved(), n.attributes());
            case Given.Scripted n -> List.of(n.action(), n.outcomes());
            case Given.RecordingFile n -> List.of(n.path());
            case Given.ScriptedOutcome n -> List.of(n.outcome(), n.after());
            case Given.SampleValues.Constant n -> List.of(n.value(), n.count());
            case Given.SampleValues.Ramp n -> List.of(n.from(), n.to(), n.over());
            case Expectation.Fires n -> List.of(n.from(), n.to(), n.rule(), n.entity(), n.detail());
            case Expectation.Result n -> List.of(n.result());
            case Expectation.NothingElse _ -> List.of();
            case Expectation.FiringDetail.Does n -> List.of(n.step());
            case Expectation.FiringDetail.SuppressedBy n -> List.of(n.rule());
            case Expectation.FiringDetail.SkippedBy n -> List.of(n.reason());
            case Expr n -> expr(n);
            case Expr.Entry n -> List.of(n.name(), n.value());
            case Expr.InItem n -> List.of(n.from(), n.to());
            case Expr.Matcher n -> List.of(n.label(), n.op(), n.value());
        };
    }

    private static List<Object> declaration(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Pack n -> List.of(n.name(), n.properties(), n.requires());
            case Declaration.Metric n -> List.of(n.name(), n.type(), n.staleAfter(), n.source());
            case Declaration.Event n -> List.of(n.name(), n.fields());
            case Declaration.Action n -> List.of(n.name(), n.parameters(), n.uses(), n.properties());
            case Declaration.Channel n -> List.of(n.name(), n.kind(), n.properties());
            case Declaration.Rule n -> List.of(n.name(), ordered(n.clauses()));
            case Declaration.Recording n -> List.of(n.name(), ordered(n.clauses()));
            case Declaration.Slo n -> List.of(n.name(), n.sli(), n.objective(), n.period(), n.properties());
            case Declaration.Suppress n -> List.of(n.name(), n.window(), n.overrides(), n.settle(), n.when());
            case Declaration.Guard n -> List.of(n.name(), n.deny(), n.when());
            case Declaration.Test n -> List.of(n.title(), n.given(), n.expect());
        };
    }

    private static List<Object> clause(Clause clause) {
        return switch (clause) {
            case Clause.Describe n -> List.of(n.text());
            case Clause.Runbook n -> List.of(n.url());
            case Clause.Severity n -> List.of(n.level());
            case Clause.Labels n -> List.of(n.labels());
            case Clause.Annotations n -> List.of(n.annotations());
            case Clause.Priority n -> List.of(n.value());
            case Clause.Mode n -> List.of(n.mode());
            case Clause.By n -> List.of(n.labels());
            case Clause.On n -> List.of(n.trigger());
            case Clause.PromExpr n -> List.of(n.text());
            case Clause.Every n -> List.of(n.interval());
            case Clause.GroupName n -> List.of(n.name());
            case Clause.When n -> List.of(n.condition());
            case Clause.For n -> List.of(n.hold());
            case Clause.KeepFiringFor n -> List.of(n.bridge());
            case Clause.Unless n -> List.of(n.condition());
            case Clause.Until n -> List.of(n.condition());
            case Clause.Repeat n -> List.of(n.every());
            case Clause.Then n -> List.of(n.steps());
            case Clause.Verify n -> List.of(n.condition(), n.within(), n.every());
            case Clause.After n -> List.of(n.steps());
            case Clause.Rollback n -> List.of(n.steps());
            case Clause.Escalate n -> List.of(n.steps());
            case Clause.Cooldown n -> List.of(n.time());
            case Clause.Limit n -> List.of(n.terms());
        };
    }

    private static List<Object> expr(Expr expr) {
        return switch (expr) {
            case Expr.Or n -> List.of(n.operands());
            case Expr.And n -> List.of(n.operands());
            case Expr.Not n -> List.of(n.operand());
            case Expr.Sustained n -> List.of(n.condition(), n.atLeast());
            case Expr.Group n -> List.of(n.inner());
            case Expr.Comparison n -> List.of(n.left(), n.op(), n.right());
            case Expr.In n -> List.of(n.value(), n.items());
            case Expr.TimeIn n -> List.of(n.fromMinute(), n.toMinute(), n.zone());
            case Expr.Arithmetic n -> List.of(n.left(), n.op(), n.right());
            case Expr.Negate n -> List.of(n.operand());
            case Expr.Series n -> List.of(n.name(), n.matchers());
            case Expr.Range n -> List.of(n.series(), n.window());
            case Expr.Call n -> List.of(n.function(), n.arguments());
            case Expr.Aggregate n -> List.of(n.function(), n.by(), n.argument());
            case Expr.OverEntities n -> List.of(n.function(), n.set(), n.where(), n.by());
            case Expr.EventCount n -> List.of(n.type(), n.window());
            case Expr.TimeSince n -> List.of(n.kind(), n.name());
            case Expr.Path n -> List.of(n.root(), n.fields());
            case Expr.Keyword n -> List.of(n.term());
            case Expr.Probe n -> List.of(n.protocol(), n.target());
            case Expr.NumberLiteral n -> List.of(n.value(), n.dimension(), n.percent());
            case Expr.StringLiteral n -> List.of(n.text());
            case Expr.BooleanLiteral n -> List.of(n.value());
            case Expr.ListLiteral n -> List.of(n.items());
            case Expr.MapLiteral n -> List.of(n.entries());
            case Expr.Pattern n -> List.of(n.regex());
        };
    }
}
