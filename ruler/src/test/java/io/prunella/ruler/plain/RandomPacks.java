package io.prunella.ruler.plain;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.HoldOrigin;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.GuardModel;
import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.SuppressModel;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.plan.Value;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Small packs and recordings that meet each other often: few names, few values, times on a coarse grid. */
final class RandomPacks {
    /** Distances at which comparisons over time turn. */
    static final List<Long> TURNS = List.of(3_000L, 8_500L, 20_000L, 1_700_000_010_000L, 1_700_000_021_500L);
    private static final List<String> METRICS = List.of("a", "b", "c");
    private final Random random;
    /** Of the rule that is being made: whether it is judged once for the pack; whether its events have names. */
    private boolean ofPack;
    private boolean named;

    RandomPacks(long seed) {
        this.random = new Random(seed);
    }

    PackModel pack() {
        List<RuleModel> rules = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i));
        }
        Map<String, MetricModel> metrics = new LinkedHashMap<>();
        metrics.put("a", new MetricModel("a", Dimension.NUMBER, true, 20_000, false, false));
        metrics.put("b", new MetricModel("b", Dimension.NUMBER, false, MetricModel.DEFAULT_STALE_MILLIS, false, true));
        metrics.put("c", new MetricModel("c", Dimension.NUMBER, true, 7_000, true, false));
        return new PackModel("random", "0.0.0", "sha256:" + "0".repeat(64), "", rules, metrics, List.of(), List.of(),
                guards(),
                random.nextBoolean()
                        ? List.of()
                        : List.of(new SuppressModel("downstream", random.nextBoolean() ? 0 : 6_000, List.of(), 0,
                                new Condition.Compare(new ValueTerm.SeverityOf(ValueTerm.Party.CAUSE), CompareOp.GE,
                                        new ValueTerm.SeverityOf(ValueTerm.Party.THIS), Quantifier.ANY, "graver"))));
    }

    private List<GuardModel> guards() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(new GuardModel("a", List.of("act"), new Condition.Compare(
                    new ValueTerm.Newest(new SeriesSelector("a", List.of(), "a")), CompareOp.GT,
                    new ValueTerm.Constant(1), Quantifier.ANY, "a > 1")));
            case 1 -> List.of(new GuardModel("rack", List.of("act"), new Condition.Compare(
                    new ValueTerm.Counted(ValueTerm.Counting.COUNT, EntitySet.HEALS,
                            Optional.of(new Condition.Compare(new ValueTerm.Label("rack"), CompareOp.EQ,
                                    new ValueTerm.Text("r1"), Quantifier.ANY, "label.rack == r1")),
                            List.of(), "count(heals)"),
                    CompareOp.GE, new ValueTerm.Constant(1), Quantifier.ANY, "count(heals) >= 1")));
            default -> List.of();
        };
    }

    List<PlainRecord> records() {
        List<PlainRecord> records = new ArrayList<>();
        long t = 1_700_000_000_000L;
        int count = 5 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            t += switch (random.nextInt(8)) {
                case 0, 1 -> 0;
                case 2 -> -random.nextInt(7_000);
                case 3 -> 1;
                case 4 -> 12_000;
                default -> 1_000L * random.nextInt(6);
            };
            records.add(record(t));
        }
        records.add(new PlainRecord.Tick(t + random.nextInt(40_000)));
        return records;
    }

    private PlainRecord record(long t) {
        String entity = pick(List.of("n1", "n2", "pod/x"));
        Map<String, String> labels = new LinkedHashMap<>();
        if (random.nextInt(3) == 0) {
            labels.put("rack", pick(List.of("r1", "r2")));
        }
        if (random.nextInt(3) == 0) {
            labels.put("core", pick(List.of("0", "1")));
        }
        if (random.nextInt(3) == 0) {
            Optional<String> id = random.nextBoolean() ? Optional.of(pick(List.of("e1", "e2"))) : Optional.empty();
            // An id always comes with the same attributes: an event that changes is another question.
            Map<String, Object> attributes = id.isPresent()
                    ? Map.of("k", (double) (id.get().charAt(1) - '0'))
                    : random.nextBoolean() ? Map.of("k", (double) random.nextInt(4)) : Map.of();
            return new PlainRecord.Event(t, entity, pick(List.of("E", "F")), id, random.nextInt(4) == 0, attributes,
                    labels);
        }
        if (random.nextInt(12) == 0) {
            return new PlainRecord.Tick(t);
        }
        if (random.nextInt(12) == 0) {
            long ends = random.nextInt(3) == 0 ? t + 1_000L * random.nextInt(9) : Long.MAX_VALUE;
            return new PlainRecord.Alert(t, entity, "L", pick(List.of("f1", "f2")),
                    1_700_000_000_000L + random.nextInt(2), ends, random.nextInt(4) == 0, labels);
        }
        double value = pick(List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 90.0, Double.NaN));
        return new PlainRecord.Sample(t, entity, pick(METRICS), labels, value);
    }

    /** Every other time there is none. */
    Topology topology() {
        if (random.nextBoolean()) {
            return Topology.EMPTY;
        }
        List<Topology.Entity> all = new ArrayList<>();
        for (String entity : List.of("n1", "n2", "n3", "pod/x", "rack/r1")) {
            if (random.nextInt(4) > 0) {
                List<String> parents = switch (entity) {
                    case "rack/r1" -> List.of();
                    case "pod/x" -> List.of(pick(List.of("n1", "n2", "n3")));
                    default -> random.nextInt(3) == 0 ? List.of("rack/r1", "rack/r2") : List.of("rack/r1");
                };
                all.add(new Topology.Entity(entity,
                        random.nextBoolean() ? Map.of("rack", pick(List.of("r1", "r2"))) : Map.of(), parents));
            }
        }
        return Topology.of(all).topology().orElseThrow();
    }

    private RuleModel rule(String name) {
        RuleModel.Trigger trigger = trigger();
        boolean onEvent = switch (trigger) {
            case RuleModel.Trigger.Edge _,RuleModel.Trigger.OnCron _,RuleModel.Trigger.OnEvery _ -> false;
            case RuleModel.Trigger.OnEvent _,RuleModel.Trigger.OnAlert _,RuleModel.Trigger.Sequence _,RuleModel.Trigger.Times _,RuleModel.Trigger.Absence _ ->
                true;
        };
        boolean timed = trigger instanceof RuleModel.Trigger.OnEvery;
        ofPack = timed && random.nextInt(3) == 0;
        named = trigger instanceof RuleModel.Trigger.Sequence;
        Condition when = condition(2, onEvent);
        if (random.nextBoolean()) {
            when = new Condition.Held(when, 1_000L * (1 + random.nextInt(12)), random.nextBoolean(),
                    random.nextBoolean() ? HoldOrigin.DURATION : HoldOrigin.CLAUSE);
        }
        Optional<Condition> unless = random.nextInt(3) == 0 ? Optional.of(condition(1, onEvent)) : Optional.empty();
        RuleModel.Subject subject = switch (random.nextInt(4)) {
            case 0 -> new RuleModel.Subject.PerLabels(List.of("rack"));
            case 1 -> new RuleModel.Subject.PerLabels(List.of("entity", "core"));
            default -> new RuleModel.Subject.PerEntity();
        };
        if (ofPack) {
            subject = new RuleModel.Subject.PerPack();
        }
        boolean edge = trigger instanceof RuleModel.Trigger.Edge;
        var rhythm = new RuleModel.Rhythm(random.nextInt(4) == 0 ? Optional.of(condition(1, false)) : Optional.empty(),
                !timed && random.nextInt(4) == 0
                        ? OptionalLong.of(1_000L * (1 + random.nextInt(9)))
                        : OptionalLong.empty(),
                edge && random.nextInt(4) == 0
                        ? OptionalLong.of(1_000L * (1 + random.nextInt(9)))
                        : OptionalLong.empty());
        List<RuleModel.Limit> limits = switch (random.nextInt(6)) {
            case 0 -> List.of(new RuleModel.Limit.Rate(1 + random.nextInt(2), 15_000, per(), "1 per 15s"));
            case 1 -> List.of(new RuleModel.Limit.AtOnce(1 + random.nextInt(2), per(), "1 at once"));
            case 2 -> List.of(new RuleModel.Limit.OfFleet(random.nextBoolean() ? 0.1 : 1, "10% of fleet"),
                    new RuleModel.Limit.Rate(2, 15_000, per(), "2 per 15s"));
            default -> List.of();
        };
        List<Step> then = new ArrayList<>();
        then.add(new Step.Execute("act", Map.<String, Value>of(), new Step.Target.Self(), settings("then[0]")));
        if (random.nextBoolean()) {
            then.add(new Step.Wait(10_000, settings("then[1]")));
        }
        var plan = new ExecutionPlan(name, "random 0.0.0", then, Optional.empty(), List.of(), List.of(), List.of(),
                List.of(), List.of());
        OptionalLong cooldown = random.nextInt(3) == 0 ? OptionalLong.of(10_000) : OptionalLong.empty();
        return new RuleModel(name, pick(List.of("info", "warning", "critical")), Map.of(), random.nextInt(2),
                Optional.empty(), subject, trigger, when,
                unless, rhythm, cooldown, limits, plan, List.of(), List.of(), List.of(),
                name + random.nextLong());
    }

    private RuleModel.Trigger trigger() {
        long open = random.nextBoolean() ? 300_000 : 9_000;
        return switch (random.nextInt(9)) {
            case 0, 1 -> new RuleModel.Trigger.OnEvent(types(), where(), open);
            case 2, 3 -> {
                List<RuleModel.EventPart> parts = new ArrayList<>();
                int count = 2 + random.nextInt(2);
                for (int i = 0; i < count; i++) {
                    parts.add(part("p" + i, i == 0 ? 0 : within()));
                }
                yield new RuleModel.Trigger.Sequence(parts, open);
            }
            case 4 -> new RuleModel.Trigger.Times(part("p0", 0), 2 + random.nextInt(2), within(), open);
            case 5 -> new RuleModel.Trigger.Absence(part("p0", 0), part("p1", within()), open);
            case 6 -> random.nextBoolean()
                    ? new RuleModel.Trigger.OnAlert(List.of("L"), always())
                    : new RuleModel.Trigger.OnEvery(1_000L * (1 + random.nextInt(7)));
            default -> new RuleModel.Trigger.Edge();
        };
    }

    private RuleModel.EventPart part(String alias, long within) {
        return new RuleModel.EventPart(types(), where(), Optional.of(alias), within);
    }

    private long within() {
        return 1_000L * (1 + random.nextInt(14));
    }

    private List<String> types() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of("E", "F");
            case 1 -> List.of("F");
            default -> List.of("E");
        };
    }

    private Condition where() {
        return random.nextInt(3) == 0 ? compare(new ValueTerm.EventAttribute(List.of("k"))) : always();
    }

    private RuleModel.Per per() {
        if (ofPack) {
            return new RuleModel.Per.Rule();
        }
        return switch (random.nextInt(3)) {
            case 0 -> new RuleModel.Per.Rule();
            case 1 -> new RuleModel.Per.PerSubject();
            default -> new RuleModel.Per.Label("rack");
        };
    }

    private static Step.StepSettings settings(String id) {
        return new Step.StepSettings(id, 60_000, 0, new Step.Backoff(1_000, 2, 30_000), Step.OnFailure.ABORT,
                Optional.empty());
    }

    private Condition condition(int depth, boolean onEvent) {
        return switch (depth > 0 ? random.nextInt(6) : 6) {
            case 0 -> new Condition.All(List.of(condition(depth - 1, onEvent), condition(depth - 1, onEvent)));
            case 1 -> new Condition.Any(List.of(condition(depth - 1, onEvent), condition(depth - 1, onEvent)));
            case 2 -> new Condition.Negated(condition(depth - 1, onEvent));
            case 3 -> new Condition.Held(condition(depth - 1, onEvent), 1_000L * random.nextInt(9), false,
                    HoldOrigin.TERM);
            default -> leg(onEvent);
        };
    }

    /** What lies beyond the series of the subject. */
    private Condition outward() {
        return switch (random.nextInt(9)) {
            case 0 -> new Condition.TimeIn(pick(List.of(22 * 60 + 14, 22 * 60 + 16, 0)), 22 * 60 + 15,
                    java.time.ZoneOffset.UTC, "time in");
            case 1 -> new Condition.TimeIn(6 * 60 + 14, 6 * 60 + 16, java.time.ZoneId.of("Asia/Shanghai"), "time in");
            case 2 -> new Condition.Compare(new ValueTerm.Now(), order(),
                    new ValueTerm.Constant(pick(List.of(1_700_000_010.0, 1_700_000_021.5))), Quantifier.ANY, "now");
            case 3 -> new Condition.Compare(new ValueTerm.SinceEvent(pick(List.of("E", "F"))), order(),
                    new ValueTerm.Constant(pick(List.of(3.0, 8.5))), Quantifier.ANY, "since");
            case 4 -> new Condition.Compare(
                    new ValueTerm.EventCount(pick(List.of("E", "F")), pick(List.of(3_000L, 20_000L)), "count(event)"),
                    order(), new ValueTerm.Constant(random.nextInt(3)), Quantifier.ANY, "count");
            case 5 -> {
                String metric = pick(List.of("a", "c"));
                yield new Condition.Absent(new SeriesSelector(metric, List.of(), metric), "absent");
            }
            case 6, 7 -> {
                EntitySet set = pick(List.of(EntitySet.NODES, EntitySet.NODES, EntitySet.CHILDREN,
                        EntitySet.ANCESTORS, EntitySet.PARENT));
                boolean count = random.nextBoolean();
                List<String> by = set == EntitySet.NODES && random.nextBoolean() ? List.of("rack") : List.of();
                Optional<Condition> where = count && random.nextInt(4) == 0 ? Optional.empty() : Optional.of(inner());
                yield new Condition.Compare(new ValueTerm.Counted(
                        count ? ValueTerm.Counting.COUNT : ValueTerm.Counting.FRACTION, set, where, by, "counted"),
                        order(), new ValueTerm.Constant(pick(count ? List.of(1.0, 2.0) : List.of(0.4, 0.5))),
                        Quantifier.ANY, "counted");
            }
            default -> new Condition.OverEntities(pick(List.of(EntitySet.NODES, EntitySet.CHILDREN,
                    EntitySet.ANCESTORS, EntitySet.PARENT)), inner(), quantifier(), "over");
        };
    }

    private Condition inner() {
        Condition compare = random.nextInt(5) == 0
                ? new Condition.Compare(new ValueTerm.EventCount("E", 20_000, "count(event)"), order(),
                        new ValueTerm.Constant(1), Quantifier.ANY, "count")
                : compare(newest());
        return random.nextInt(3) == 0
                ? new Condition.Held(compare, 1_000L * random.nextInt(9), false, HoldOrigin.TERM)
                : compare;
    }

    private CompareOp order() {
        return pick(List.of(CompareOp.GT, CompareOp.GE, CompareOp.LT, CompareOp.LE));
    }

    private Condition leg(boolean onEvent) {
        if (random.nextInt(3) == 0) {
            return outward();
        }
        return switch (random.nextInt(onEvent ? 9 : 7)) {
            case 0 -> ofPack
                    ? compare(newest())
                    : new Condition.Compare(new ValueTerm.Label("rack"), pick(List.of(CompareOp.EQ, CompareOp.NE)),
                            new ValueTerm.Text("r1"), Quantifier.ANY, "label.rack");
            case 1 -> new Condition.Compare(new ValueTerm.Arithmetic(newest(), ArithmeticOp.ADD, newest()),
                    CompareOp.GT, new ValueTerm.Constant(1.5), quantifier(), "a + b > 1.5");
            case 2 -> new Condition.InSet(newest(), List.of(
                    new Condition.Interval(new ValueTerm.Constant(0.5), Optional.of(new ValueTerm.Constant(1)))),
                    quantifier(), "x in [0.5..1]");
            case 3 -> compare(overTime(), pick(List.of(0.26, 0.51, 0.74, 1.01, 1.49, 2.01, 3.03)));
            case 4 -> compare(new ValueTerm.Across(pick(List.of(ValueTerm.Aggregation.values())),
                    random.nextBoolean() ? newest() : overTime(),
                    pick(List.of(List.of(), List.of("rack"), List.of("core", "entity"))), "across"),
                    pick(List.of(0.51, 1.01, 2.01, 3.03)));
            case 7 -> compare(named
                    ? new ValueTerm.MatchedAttribute(pick(List.of("p0", "p1")), List.of("k"))
                    : new ValueTerm.EventAttribute(List.of("k")));
            case 8 -> compare(new ValueTerm.EventAttribute(List.of("k")));
            default -> compare(newest());
        };
    }

    private Condition compare(ValueTerm left) {
        return new Condition.Compare(left,
                pick(List.of(CompareOp.GT, CompareOp.GE, CompareOp.LT, CompareOp.LE, CompareOp.EQ, CompareOp.NE)),
                new ValueTerm.Constant(pick(List.of(0.5, 1.0, 2.0))), quantifier(), "compare");
    }

    // Thresholds that no rounding moves a value across.
    private Condition compare(ValueTerm left, double threshold) {
        return new Condition.Compare(left, pick(List.of(CompareOp.GT, CompareOp.LT)),
                new ValueTerm.Constant(threshold), quantifier(), "compare");
    }

    private ValueTerm overTime() {
        ValueTerm.RangeFunction function = pick(List.of(ValueTerm.RangeFunction.values()));
        double parameter = switch (function) {
            case QUANTILE -> pick(List.of(0.0, 0.31, 0.5, 0.99));
            case PREDICT_LINEAR -> pick(List.of(7.0, -3.0));
            default -> 0;
        };
        return new ValueTerm.OverTime(function, ((ValueTerm.Newest) newest()).selector(),
                pick(List.of(4_000L, 10_000L, 15_001L)), parameter, "over time");
    }

    private Quantifier quantifier() {
        return random.nextInt(4) == 0 ? Quantifier.ALL : Quantifier.ANY;
    }

    private ValueTerm newest() {
        String metric = pick(METRICS);
        return new ValueTerm.Newest(random.nextInt(3) == 0
                ? new SeriesSelector(metric, List.of(new SeriesSelector.LabelMatch.Equal("core", "0")),
                        metric + "{core=\"0\"}")
                : new SeriesSelector(metric, List.of(), metric));
    }

    private static Condition always() {
        return new Condition.All(List.of());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

}
