package io.prunella.control.proof;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.executor.driver.Datum;
import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Observation.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells why a rule had not fired by an instant of a test: its trigger, else the first leg of its condition that was not
 * true, with the newest value. A help for people, read off the test's own records; it decides nothing.
 */
final class WhyNot {
    private final PackModel pack;
    private final List<Observation> records;

    WhyNot(PackModel pack, List<Observation> records) {
        this.pack = pack;
        this.records = records;
    }

    /** Lines for people; for the entity, or for each that a record names. */
    List<String> explain(RuleModel rule, Optional<String> entity, long at) {
        List<String> entities = entity.map(List::of).orElseGet(() -> new ArrayList<>(new TreeSet<>(
                records.stream().map(WhyNot::entity).filter(e -> !e.isEmpty()).toList())));
        List<String> lines = new ArrayList<>();
        for (String one : entities.subList(0, Math.min(5, entities.size()))) {
            lines.add("on " + one + " at " + DurationText.of(at) + ": " + reason(rule, one, at));
        }
        return lines;
    }

    private String reason(RuleModel rule, String entity, long at) {
        if (rule.trigger() instanceof RuleModel.Trigger.OnEvent(var types, var _, long openMillis)) {
            Optional<EventSeen> open = records.stream().filter(EventSeen.class::isInstance)
                    .map(EventSeen.class::cast).filter(e -> entity(e).equals(entity) && types.contains(e.type())
                            && !e.resolved() && e.ts() <= at && at < e.ts() + openMillis)
                    .findFirst();
            if (open.isEmpty()) {
                return "no event `" + String.join("` or `", types) + "` was open";
            }
        }
        List<Condition> legs = new ArrayList<>();
        flatten(rule.when(), legs);
        for (Condition leg : legs) {
            Optional<String> lacking = lacking(leg, entity, at);
            if (lacking.isPresent()) {
                return lacking.get();
            }
        }
        return rule.unless().filter(u -> truth(u, entity, at) != Truth.FALSE).isPresent()
                ? "`unless` was not false"
                : "its condition was true: it fired before, or something held it back";
    }

    private static void flatten(Condition condition, List<Condition> legs) {
        if (condition instanceof Condition.All(var of)) {
            of.forEach(c -> flatten(c, legs));
        } else {
            legs.add(condition);
        }
    }

    private Optional<String> lacking(Condition leg, String entity, long at) {
        if (leg instanceof Condition.Held held) {
            Optional<String> inner = first(held.inner(), entity, at);
            if (inner.isPresent()) {
                return inner;
            }
            long since = trueSince(held.inner(), entity, at);
            return at - since >= held.afterMillis()
                    ? Optional.empty()
                    : Optional.of("true only since " + DurationText.of(since) + ", for " + DurationText.of(at - since)
                            + " of the " + (held.strict() ? "more than " : "") + DurationText.of(held.millis())
                            + " that it has to hold");
        }
        return first(leg, entity, at);
    }

    private Optional<String> first(Condition condition, String entity, long at) {
        List<Condition> legs = new ArrayList<>();
        flatten(condition, legs);
        for (Condition leg : legs) {
            if (leg instanceof Condition.Held) {
                Optional<String> inner = lacking(leg, entity, at);
                if (inner.isPresent()) {
                    return inner;
                }
            } else {
                Truth truth = truth(leg, entity, at);
                if (truth != Truth.TRUE) {
                    return Optional.of(describe(leg, truth, entity, at));
                }
            }
        }
        return Optional.empty();
    }

    private String describe(Condition leg, Truth truth, String entity, long at) {
        String word = truth == Truth.FALSE ? "false" : "unknown";
        return switch (leg) {
            case Condition.Compare compare -> "`" + compare.text() + "` was " + word
                    + values(List.of(compare.left(), compare.right()), entity, at);
            case Condition.InSet in -> "`" + in.text() + "` was " + word + values(List.of(in.value()), entity, at);
            case Condition.Any(var of) -> "none of " + of.size() + " alternatives was true, the first: "
                    + (of.isEmpty() ? "none" : describe(of.getFirst(), truth(of.getFirst(), entity, at), entity, at));
            case Condition.Negated(var inner) -> "`NOT` was " + word + ", inside: "
                    + describe(inner, truth(inner, entity, at), entity, at);
            case Condition.Held held -> describe(held.inner(), truth, entity, at);
            case Condition.TimeIn time -> "`" + time.text() + "` was " + word;
            case Condition.Absent absent -> "`" + absent.text() + "` was " + word;
            case Condition.OverEntities over -> "`" + over.text() + "` was " + word;
            case Condition.All(var of) -> of.isEmpty() ? word : describe(of.getFirst(), truth, entity, at);
        };
    }

    private String values(List<ValueTerm> terms, String entity, long at) {
        List<String> parts = new ArrayList<>();
        for (ValueTerm term : terms) {
            if (term instanceof ValueTerm.Newest(SeriesSelector selector)) {
                List<Sample> newest = newest(selector, entity, at);
                if (newest.isEmpty()) {
                    parts.add("no valid `" + selector.text() + "`");
                }
                newest.forEach(s -> parts.add("`" + selector.text() + "` = " + Datum.number(value(s)) + " since "
                        + DurationText.of(s.ts())));
            }
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    private long trueSince(Condition inner, String entity, long at) {
        long since = at;
        List<Long> instants = records.stream().map(Observation::ts).filter(t -> t <= at).distinct()
                .sorted((a, b) -> Long.compare(b, a)).toList();
        for (long instant : instants) {
            if (truth(inner, entity, instant) != Truth.TRUE) {
                return since;
            }
            since = instant;
        }
        return since;
    }

    private Truth truth(Condition condition, String entity, long at) {
        return switch (condition) {
            case Condition.All(var of) -> of.stream().map(c -> truth(c, entity, at)).reduce(Truth.TRUE, Truth::and);
            case Condition.Any(var of) -> of.stream().map(c -> truth(c, entity, at)).reduce(Truth.FALSE, Truth::or);
            case Condition.Negated(var inner) -> truth(inner, entity, at).not();
            case Condition.Held held -> truth(held.inner(), entity, at);
            case Condition.Compare(var left, var op, var right, var _, var _) ->
                compare(numbers(left, entity, at), op, numbers(right, entity, at));
            case Condition.InSet _,Condition.TimeIn _,Condition.Absent _,Condition.OverEntities _ -> Truth.UNKNOWN;
        };
    }

    private static Truth compare(List<Double> left, CompareOp op, List<Double> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Truth.UNKNOWN;
        }
        for (double l : left) {
            for (double r : right) {
                boolean holds = switch (op) {
                    case EQ -> l == r;
                    case NE -> l != r;
                    case LT -> l < r;
                    case LE -> l <= r;
                    case GT -> l > r;
                    case GE -> l >= r;
                    case MATCHES, NOT_MATCHES -> false;
                };
                if (holds) {
                    return Truth.TRUE;
                }
            }
        }
        return Truth.FALSE;
    }

    private List<Double> numbers(ValueTerm term, String entity, long at) {
        return switch (term) {
            case ValueTerm.Constant(double value) -> List.of(value);
            case ValueTerm.Newest(var selector) ->
                newest(selector, entity, at).stream().map(this::value).toList();
            case ValueTerm.Negative(var operand) -> numbers(operand, entity, at).stream().map(v -> -v).toList();
            case ValueTerm.OverTime _,ValueTerm.Across _,ValueTerm.Counted _,ValueTerm.EventCount _,ValueTerm.SinceEvent _,ValueTerm.SinceHeal _,ValueTerm.Now _,ValueTerm.Weekday _,ValueTerm.ParentName _,ValueTerm.MatchedAttribute _,ValueTerm.SeverityOf _ ->
                List.of();
            case ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.EventAttribute _,ValueTerm.Label _,ValueTerm.EntityName _,ValueTerm.Arithmetic _,ValueTerm.Probe _ ->
                List.of();
        };
    }

    private List<Sample> newest(SeriesSelector selector, String entity, long at) {
        long stale = Optional.ofNullable(pack.metrics().get(selector.metric())).map(MetricModel::staleMillis)
                .orElse(MetricModel.DEFAULT_STALE_MILLIS);
        Map<Map<String, String>, Sample> newest = new HashMap<>();
        for (Observation record : records) {
            if (record instanceof Sample s && s.ts() <= at && at < s.ts() + stale && entity(s).equals(entity)
                    && s.metric().equals(selector.metric()) && selector.takes(s.labels())) {
                newest.put(s.labels(), s);
            }
        }
        return List.copyOf(newest.values());
    }

    private double value(Sample sample) {
        MetricModel model = pack.metrics().get(sample.metric());
        return model != null && model.sourcePercent() && Double.isFinite(sample.value())
                ? BigDecimal.valueOf(sample.value()).movePointLeft(2).doubleValue()
                : sample.value();
    }

    private static String entity(Observation record) {
        String entity = switch (record) {
            case Sample s -> s.entity();
            case Observation.StaleMarker s -> s.entity();
            case EventSeen e -> e.entity();
            case Observation.ProbeAnswer p -> p.entity();
            case Observation.Tick _ -> "";
        };
        return entity.startsWith("node/") ? entity.substring("node/".length()) : entity;
    }
}
