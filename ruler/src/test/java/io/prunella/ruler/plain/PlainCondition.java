package io.prunella.ruler.plain;

import static io.prunella.plan.Truth.FALSE;
import static io.prunella.plan.Truth.TRUE;
import static io.prunella.plan.Truth.UNKNOWN;

import com.google.re2j.Pattern;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;

/** Whether a condition is true for one subject, and one event where there is one, at an instant. */
final class PlainCondition {
    private final PlainWorld world;
    private final Map<String, String> subject;
    private final Optional<PlainMatches.Match> match;
    private final NavigableSet<Long> instants;
    private final Map<String, PlainCondition> others = new java.util.HashMap<>();
    private final java.util.IdentityHashMap<Condition, Map<Long, Truth>> memo = new java.util.IdentityHashMap<>();

    /** @param instants all at which anything may change; between two of them nothing does */
    PlainCondition(PlainWorld world, Map<String, String> subject, Optional<PlainMatches.Match> match,
            NavigableSet<Long> instants) {
        this.world = world;
        this.subject = subject;
        this.match = match;
        this.instants = instants;
    }

    /** Holds included. */
    Truth at(Condition condition, long t) {
        Map<Long, Truth> known = memo.computeIfAbsent(condition, _ -> new java.util.HashMap<>());
        Truth before = known.get(t);
        if (before != null) {
            return before;
        }
        Truth now = switch (condition) {
            case Condition.All all -> all.of().stream().map(c -> at(c, t)).reduce(TRUE, Truth::and);
            case Condition.Any any -> any.of().stream().map(c -> at(c, t)).reduce(FALSE, Truth::or);
            case Condition.Negated not -> at(not.inner(), t).not();
            case Condition.Held held -> held(held, t);
            case Condition.Compare compare -> compare(compare, t);
            case Condition.InSet in -> in(in, t);
            case Condition.TimeIn time -> timeIn(time, t);
            case Condition.Absent absent -> Truth.of(world.present(PlainWorld.entity(subject), t)
                    && world.newest(absent.selector(), subject, t).isEmpty());
            case Condition.OverEntities over -> {
                List<Truth> each = related(over.set(), t).stream().map(e -> of(e, over.where(), t)).toList();
                yield switch (over.quantifier()) {
                    case ANY -> each.stream().reduce(FALSE, Truth::or);
                    case ALL -> each.stream().reduce(Truth.of(!each.isEmpty()), Truth::and);
                };
            }
        };
        known.put(t, now);
        return now;
    }

    /** Holds left out. */
    Truth withoutHolds(Condition condition, long t) {
        return switch (condition) {
            case Condition.All all -> all.of().stream().map(c -> withoutHolds(c, t)).reduce(TRUE, Truth::and);
            case Condition.Any any -> any.of().stream().map(c -> withoutHolds(c, t)).reduce(FALSE, Truth::or);
            case Condition.Negated not -> withoutHolds(not.inner(), t).not();
            case Condition.Held held -> withoutHolds(held.inner(), t);
            case Condition.Compare _,Condition.InSet _,Condition.TimeIn _,Condition.Absent _,Condition.OverEntities _ ->
                at(condition, t);
        };
    }

    private static Truth timeIn(Condition.TimeIn in, long t) {
        var clock = java.time.Instant.ofEpochMilli(t).atZone(in.zone());
        int minute = clock.getHour() * 60 + clock.getMinute();
        boolean from = minute >= in.fromMinute();
        boolean to = minute < in.toMinute();
        return Truth.of(in.fromMinute() < in.toMinute() ? from && to : from || to);
    }

    private List<String> related(EntitySet set, long t) {
        String entity = PlainWorld.entity(subject);
        return switch (set) {
            case NODES -> world.nodes(t);
            case CHILDREN -> world.topology().inventory().stream()
                    .filter(e -> world.topology().parents(e).contains(entity)).toList();
            case PARENT -> world.topology().parents(entity);
            case ANCESTORS -> {
                java.util.Set<String> above = new java.util.LinkedHashSet<>(world.topology().parents(entity));
                for (String upper : List.copyOf(above)) {
                    above.addAll(world.topology().parents(upper));
                }
                yield List.copyOf(above);
            }
            case HEALS -> throw new IllegalStateException("heals are no entities");
        };
    }

    /** A condition of another entity; of one that is not there yet it is unknown. */
    private Truth of(String entity, Condition condition, long t) {
        Map<String, String> other = Map.of("entity", entity);
        return t < world.born(other)
                ? UNKNOWN
                : others
                        .computeIfAbsent(entity, _ -> new PlainCondition(world, other, Optional.empty(), instants))
                        .at(condition, t);
    }

    private Optional<Object> counted(ValueTerm.Counted counted, long t) {
        List<String> own = counted.by().stream().map(l -> world.label(l, subject, t).orElse("")).toList();
        List<Truth> each = related(counted.set(), t).stream()
                .filter(e -> counted.by().stream().map(l -> world.label(l, Map.of("entity", e), t).orElse("")).toList()
                        .equals(own))
                .map(e -> counted.where().map(where -> of(e, where, t)).orElse(TRUE)).toList();
        double trues = each.stream().filter(TRUE::equals).count();
        double known = each.stream().filter(truth -> truth != UNKNOWN).count();
        return switch (counted.counting()) {
            case COUNT -> Optional.of(trues);
            case FRACTION -> known == 0 ? Optional.empty() : Optional.of(trues / known);
        };
    }

    private Truth held(Condition.Held held, long t) {
        Truth now = at(held.inner(), t);
        if (now != TRUE) {
            return now;
        }
        long since = t;
        // Nothing that is said of an event was true before it came.
        long born = Math.max(world.born(subject),
                mentionsEvent(held.inner()) ? match.orElseThrow().from() : Long.MIN_VALUE);
        for (long earlier : instants.headSet(t, false).descendingSet()) {
            if (earlier < born || at(held.inner(), earlier) != TRUE) {
                break;
            }
            since = earlier;
        }
        return Truth.of(t - since >= held.afterMillis());
    }

    private Truth compare(Condition.Compare compare, long t) {
        List<Truth> pairs = new ArrayList<>();
        paired(values(compare.left(), t), values(compare.right(), t))
                .forEach((_, pair) -> pairs.add(compare(pair.left(), compare.op(), pair.right())));
        return quantified(pairs, compare.quantifier());
    }

    private Truth in(Condition.InSet in, long t) {
        List<Truth> each = new ArrayList<>();
        values(in.value(), t).forEach((_, value) -> {
            Truth any = FALSE;
            for (Condition.Interval interval : in.intervals()) {
                Object from = values(interval.from(), t).values().iterator().next();
                Truth inside = interval.to().isEmpty()
                        ? compare(value, CompareOp.EQ, from)
                        : compare(value, CompareOp.GE, from).and(compare(value, CompareOp.LE,
                                values(interval.to().get(), t).values().iterator().next()));
                any = any.or(inside);
            }
            each.add(any);
        });
        return quantified(each, in.quantifier());
    }

    private static Truth quantified(List<Truth> each, Quantifier quantifier) {
        if (each.isEmpty()) {
            return UNKNOWN;
        }
        return switch (quantifier) {
            case ANY -> each.stream().reduce(FALSE, Truth::or);
            case ALL -> each.stream().reduce(TRUE, Truth::and);
        };
    }

    /** By the labels of the series that a value comes from; a value without a series stands under no labels. */
    private Map<Map<String, String>, Object> values(ValueTerm term, long t) {
        Map<Map<String, String>, Object> values = new LinkedHashMap<>();
        switch (term) {
            case ValueTerm.Constant c -> values.put(Map.of(), c.value());
            case ValueTerm.Text text -> values.put(Map.of(), text.value());
            case ValueTerm.Flag flag -> values.put(Map.of(), flag.value());
            case ValueTerm.Newest newest -> world.newest(newest.selector(), subject, t).forEach(values::put);
            case ValueTerm.EventAttribute a -> match.flatMap(m -> attribute(m.event(), a.path()))
                    .ifPresent(v -> values.put(Map.of(), v));
            case ValueTerm.Label label -> values.put(Map.of(), world.label(label.name(), subject, t).orElse(""));
            case ValueTerm.EntityName _ -> Optional.ofNullable(subject.get("entity"))
                    .ifPresent(v -> values.put(Map.of(), v));
            case ValueTerm.Arithmetic a -> paired(values(a.left(), t), values(a.right(), t))
                    .forEach((labels, pair) -> values.put(labels, arithmetic(a, pair)));
            case ValueTerm.Negative n -> values(n.operand(), t).forEach((l, v) -> values.put(l, -(double) v));
            case ValueTerm.OverTime over -> world.overTime(over, subject, t).forEach(values::put);
            case ValueTerm.Across across -> across(across, t).ifPresent(v -> values.put(Map.of(), v));
            case ValueTerm.Now _ -> values.put(Map.of(), t / 1000.0);
            case ValueTerm.Weekday _ -> values.put(Map.of(), (double) java.time.Instant.ofEpochMilli(t)
                    .atOffset(java.time.ZoneOffset.UTC).getDayOfWeek().getValue());
            case ValueTerm.EventCount count -> values.put(Map.of(), (double) world.events(count.type(), subject, t)
                    .stream().filter(ts -> ts > t - count.windowMillis()).count());
            case ValueTerm.SinceEvent since -> values.put(Map.of(), world.events(since.type(), subject, t).stream()
                    .mapToDouble(ts -> (t - ts) / 1000.0).min().orElse(Double.POSITIVE_INFINITY));
            case ValueTerm.Counted counted -> counted(counted, t).ifPresent(v -> values.put(Map.of(), v));
            case ValueTerm.ParentName _ -> world.topology().parents(PlainWorld.entity(subject))
                    .forEach(parent -> values.put(Map.of("parent", parent), parent));
            case ValueTerm.SinceHeal _ -> throw new IllegalStateException("not executed yet: " + term);
            case ValueTerm.MatchedAttribute a -> match.map(m -> m.named().get(a.alias()))
                    .flatMap(event -> attribute(event, a.path())).ifPresent(v -> values.put(Map.of(), v));
            case ValueTerm.SeverityOf _ -> throw new IllegalStateException("not executed yet: " + term);
            case ValueTerm.Probe probe -> throw new IllegalStateException("probes stand in verify only: " + probe);
        }
        return values;
    }

    private Optional<Object> across(ValueTerm.Across across, long t) {
        PlainCondition all = this;
        if (!across.by().isEmpty()) {
            Map<String, String> shared = new LinkedHashMap<>();
            across.by().forEach(l -> shared.put(l, Optional.ofNullable(subject.get(l))
                    .orElseGet(() -> world.label(l, subject, t).orElse(""))));
            all = new PlainCondition(world.sharing(shared), Map.of(), match, instants);
        }
        List<Double> each = all.values(across.of(), t).values().stream().map(v -> (double) v).toList();
        if (each.isEmpty()) {
            return Optional.empty();
        }
        double sum = each.stream().mapToDouble(v -> v).sum();
        return Optional.of(switch (across.aggregation()) {
            case SUM -> sum;
            case AVG -> sum / each.size();
            case MIN -> PlainRange.extreme(each, -1);
            case MAX -> PlainRange.extreme(each, 1);
            case COUNT -> (double) each.size();
        });
    }

    private static Optional<Object> attribute(PlainRecord.Event event, List<String> path) {
        if (path.size() == 2 && path.getFirst().equals("labels")) {
            return Optional.ofNullable(event.labels().get(path.get(1)));
        }
        return Optional.ofNullable(event.attributes().get(path.getFirst()));
    }

    private static Object arithmetic(ValueTerm.Arithmetic a, Pair pair) {
        double left = (double) pair.left();
        double right = (double) pair.right();
        return switch (a.op()) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
        };
    }

    private record Pair(Object left, Object right) {}

    /** Series pair when all labels are equal; a side with exactly one pairs with each; the rest drop out. */
    private static Map<Map<String, String>, Pair> paired(Map<Map<String, String>, Object> left,
            Map<Map<String, String>, Object> right) {
        Map<Map<String, String>, Pair> pairs = new LinkedHashMap<>();
        if (right.size() == 1) {
            Object only = right.values().iterator().next();
            left.forEach((labels, value) -> pairs.put(
                    labels.isEmpty() ? right.keySet().iterator().next() : labels, new Pair(value, only)));
        } else if (left.size() == 1) {
            Object only = left.values().iterator().next();
            right.forEach((labels, value) -> pairs.put(labels, new Pair(only, value)));
        } else {
            left.forEach((labels, value) -> {
                if (right.containsKey(labels)) {
                    pairs.put(labels, new Pair(value, Objects.requireNonNull(right.get(labels))));
                }
            });
        }
        return pairs;
    }

    private static Truth compare(Object left, CompareOp op, Object right) {
        if (left instanceof Double l && right instanceof Double r) {
            return Truth.of(switch (op) {
                case EQ -> l.doubleValue() == r.doubleValue();
                case NE -> l.doubleValue() != r.doubleValue();
                case LT -> l < r;
                case LE -> l <= r;
                case GT -> l > r;
                case GE -> l >= r;
                case MATCHES, NOT_MATCHES -> throw new IllegalStateException("a pattern for numbers");
            });
        }
        String l = left.toString();
        String r = right.toString();
        return Truth.of(switch (op) {
            case EQ -> l.equals(r);
            case NE -> !l.equals(r);
            case LT -> l.compareTo(r) < 0;
            case LE -> l.compareTo(r) <= 0;
            case GT -> l.compareTo(r) > 0;
            case GE -> l.compareTo(r) >= 0;
            case MATCHES -> Pattern.compile(r).matcher(l).matches();
            case NOT_MATCHES -> !Pattern.compile(r).matcher(l).matches();
        });
    }

    /** Whether {@code unless} blocks: while true, and while unknown because of a series that the subject once had. */
    boolean blocks(Condition unless, long t) {
        return switch (at(unless, t)) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> lost(unless, t);
        };
    }

    /** Whether some series that it asks for, and that the subject once had, gives no value. */
    private boolean lost(Condition condition, long t) {
        return switch (condition) {
            case Condition.All all -> all.of().stream().anyMatch(c -> at(c, t) == UNKNOWN && lost(c, t));
            case Condition.Any any -> any.of().stream().anyMatch(c -> at(c, t) == UNKNOWN && lost(c, t));
            case Condition.Negated not -> lost(not.inner(), t);
            case Condition.Held held -> lost(held.inner(), t);
            case Condition.Compare compare -> lost(compare.left(), t) || lost(compare.right(), t);
            case Condition.InSet in -> lost(in.value(), t);
            case Condition.OverEntities over -> at(over, t) == UNKNOWN && related(over.set(), t).stream()
                    .anyMatch(e -> of(e, over.where(), t) == UNKNOWN && instants.headSet(t).stream()
                            .anyMatch(before -> of(e, over.where(), before) != UNKNOWN));
            case Condition.Absent _,Condition.TimeIn _ -> false;
        };
    }

    private boolean lost(ValueTerm term, long t) {
        return switch (term) {
            case ValueTerm.Newest n -> world.everHad(n.selector(), subject, t) && values(n, t).isEmpty();
            case ValueTerm.OverTime o -> world.everHad(o.selector(), subject, t) && values(o, t).isEmpty();
            case ValueTerm.Arithmetic a -> lost(a.left(), t) || lost(a.right(), t);
            case ValueTerm.Negative n -> lost(n.operand(), t);
            case ValueTerm.Across across -> {
                if (across.by().isEmpty()) {
                    yield lost(across.of(), t);
                }
                Map<String, String> shared = new LinkedHashMap<>();
                across.by().forEach(l -> shared.put(l, Optional.ofNullable(subject.get(l))
                        .orElseGet(() -> world.label(l, subject, t).orElse(""))));
                yield new PlainCondition(world.sharing(shared), Map.of(), match, instants).lost(across.of(), t);
            }
            case ValueTerm.Constant _,ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.EventAttribute _,ValueTerm.MatchedAttribute _,ValueTerm.Label _,ValueTerm.EntityName _,ValueTerm.Probe _,ValueTerm.Counted _,ValueTerm.EventCount _,ValueTerm.SinceEvent _,ValueTerm.SinceHeal _,ValueTerm.Now _,ValueTerm.Weekday _,ValueTerm.ParentName _,ValueTerm.SeverityOf _ ->
                false;
        };
    }

    private static boolean mentionsEvent(Condition condition) {
        return condition.toString().contains("EventAttribute[") || condition.toString().contains("MatchedAttribute[");
    }
}
