package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.index.FleetTerm.Count;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds a rule's conditions to the numbers of the index, and notes what can change them. */
final class Lowering {
    private final PackModel pack;
    private final SeriesStore series;
    private final Subjects entities;
    private final Subjects subjects;
    private final Comparing comparing;

    /** Values of a metric's samples at which some comparison turns. */
    final List<Turn> turns = new ArrayList<>();
    /** Metrics of which every sample counts. */
    final Set<Integer> everySample = new HashSet<>();
    final List<Term.SeriesTerm> seriesTerms = new ArrayList<>();
    /** Series of others that it takes together with the subject's. */
    final List<Gathering> gatherings = new ArrayList<>();
    private List<String> gatheredBy = List.of();
    final Set<String> labels = new HashSet<>();
    /** Whether something can be true without any series or event. */
    boolean standsAlone;
    boolean asksEvent;
    /** What each node was made from: for people, who want to read what they wrote. */
    final IdentityHashMap<Node, Condition> origins = new IdentityHashMap<>();
    /** How long each hold has to last, by its number. */
    final List<Long> holds = new ArrayList<>();
    final List<Long> eventHolds = new ArrayList<>();

    final Clocks clocks = new Clocks();
    final FleetUses fleet = new FleetUses();
    final Set<History> histories = new HashSet<>();
    /** Rules and actions, as {@link HealsBegun} calls them, of which it is asked when they last began. */
    final Set<String> heals = new HashSet<>();

    /** A comparison's truth is one thing below {@code boundary} and another from it on. */
    record Turn(int metric, double boundary) {}

    Lowering(PackModel pack, Subjects entities, Subjects subjects, Comparing comparing) {
        this.pack = pack;
        this.series = entities.series();
        this.entities = entities;
        this.subjects = subjects;
        this.comparing = comparing;
    }

    Node lower(Condition condition) {
        Node node = bound(condition);
        origins.put(node, condition);
        return node;
    }

    private Node bound(Condition condition) {
        return switch (condition) {
            case Condition.All all -> {
                standsAlone |= all.of().isEmpty();
                yield new Node.AllOf(all.of().stream().map(this::lower).toList());
            }
            case Condition.Any any -> new Node.AnyOf(any.of().stream().map(this::lower).toList());
            case Condition.Negated not -> new Node.Not(lower(not.inner()));
            case Condition.Held held -> held(held);
            case Condition.Compare compare -> compare(compare);
            case Condition.InSet in -> within(in);
            case Condition.TimeIn time -> {
                standsAlone = true;
                DayTime node = new DayTime(time.fromMinute(), time.toMinute(), time.zone(), time.text());
                clocks.add(node);
                yield node;
            }
            case Condition.Absent absent -> {
                standsAlone = true;
                fleet.asksForPresence();
                Term.SeriesTerm term = series(absent.selector());
                yield new FleetNode.Absent(term, absent.text());
            }
            case Condition.OverEntities over -> {
                standsAlone = true;
                Census census = census(Optional.of(over.where()), over.set());
                FleetNode node = new FleetNode.Over(census, over.set(), over.quantifier(), over.text());
                if (over.set() == EntitySet.NODES) {
                    fleet.compared(node, census.pool(List.of()));
                }
                yield node;
            }
        };
    }

    private Node held(Condition.Held held) {
        boolean before = asksEvent;
        asksEvent = false;
        Node inner = lower(held.inner());
        boolean perEvent = asksEvent;
        asksEvent |= before;
        List<Long> siblings = perEvent ? eventHolds : holds;
        siblings.add(held.afterMillis());
        return new Node.Hold(inner, held.afterMillis(), siblings.size() - 1, perEvent, held.origin());
    }

    private Node compare(Condition.Compare compare) {
        if (ofSeries(compare.left()) && compare.right() instanceof ValueTerm.Constant right) {
            return threshold(compare.left(), compare.op(), right.value(), compare);
        }
        if (compare.left() instanceof ValueTerm.Constant left && ofSeries(compare.right())) {
            return threshold(compare.right(), compare.op().mirrored(), left.value(), compare);
        }
        if (compare.left() instanceof ValueTerm.Probe && compare.right() instanceof ValueTerm.Flag reachable) {
            return compare(new Condition.Compare(compare.left(), compare.op(),
                    new ValueTerm.Constant(reachable.value() ? 1 : 0), compare.quantifier(), compare.text()));
        }
        int from = seriesTerms.size();
        int gathered = gatherings.size();
        Term left = term(compare.left());
        Term right = term(compare.right());
        Node.Comparison node = new Node.Comparison(left, compare.op(), right, compare.quantifier(), comparing,
                slow(from));
        clocks.add(node);
        fleet.compared(node, List.of(left, right));
        share(node, gatherings.subList(gathered, gatherings.size()), List.of(left, right));
        return node;
    }

    /** Notes where a comparison is the same for all who share the labels by which its series are put together. */
    private static void share(Node node, List<Gathering> gathered, List<Term> terms) {
        // Of two each would have to hear what the other has told.
        if (gathered.size() == 1 && terms.stream().allMatch(Lowering::onlyGathered)) {
            gathered.getFirst().sharedBy(node);
        }
    }

    private static boolean onlyGathered(Term term) {
        List<Term> parts = Clocks.parts(term);
        return term instanceof Term.Fixed || (term instanceof Term.SeriesTerm series && series.gathering() != null)
                || (!parts.isEmpty() && parts.stream().allMatch(Lowering::onlyGathered));
    }

    private static boolean ofSeries(ValueTerm term) {
        return term instanceof ValueTerm.Newest || term instanceof ValueTerm.OverTime;
    }

    private Node threshold(ValueTerm value, CompareOp op, double threshold, Condition.Compare compare) {
        Term.SeriesTerm term = value instanceof ValueTerm.OverTime over
                ? window(over)
                : series(((ValueTerm.Newest) value).selector());
        switch (op) {
            case GE, LT -> turn(term, threshold);
            case GT, LE -> turn(term, Math.nextUp(threshold));
            case EQ, NE -> {
                turn(term, threshold);
                turn(term, Math.nextUp(threshold));
            }
            case MATCHES, NOT_MATCHES -> throw new IllegalArgumentException("no number matches: " + compare.text());
        }
        return new Node.Threshold(term, op, threshold, compare.quantifier());
    }

    private void turn(Term.SeriesTerm term, double value) {
        // A percentage is compared as a ratio; the boundary is where the samples as sent cross it.
        double boundary = term.percent() ? Decimal.leastPercent(value) : value;
        if (!Double.isNaN(boundary)) {
            turns.add(new Turn(term.metric(), boundary + 0.0));
        }
    }

    private Node within(Condition.InSet in) {
        int from = seriesTerms.size();
        Term value = term(in.value());
        List<Node.Range> ranges = new ArrayList<>();
        for (Condition.Interval interval : in.intervals()) {
            ranges.add(new Node.Range(term(interval.from()), interval.to().map(this::term).orElse(null)));
        }
        Node.Within node = new Node.Within(value, ranges, in.quantifier(), comparing, slow(from));
        clocks.add(node);
        fleet.compared(node, Clocks.values(node));
        return node;
    }

    /** The series terms met since {@code from}: every sample of theirs counts. */
    private List<Term.SeriesTerm> slow(int from) {
        List<Term.SeriesTerm> terms = List.copyOf(seriesTerms.subList(from, seriesTerms.size()));
        terms.forEach(term -> everySample.add(term.metric()));
        return terms;
    }

    private Term term(ValueTerm term) {
        return switch (term) {
            case ValueTerm.Constant constant -> new Term.Fixed(new Scalar.Quantity(constant.value()));
            case ValueTerm.Text text -> new Term.Fixed(new Scalar.Text(text.value()));
            case ValueTerm.Flag flag -> new Term.Fixed(new Scalar.Flag(flag.value()));
            case ValueTerm.Newest newest -> series(newest.selector());
            case ValueTerm.EventAttribute attribute -> {
                asksEvent = true;
                yield new Term.EventTerm(attribute.path());
            }
            case ValueTerm.Label label -> {
                labels.add(label.name());
                standsAlone = true;
                yield new Term.LabelTerm(label.name());
            }
            case ValueTerm.EntityName _ -> {
                standsAlone = true;
                yield new Term.EntityTerm();
            }
            case ValueTerm.Probe probe -> {
                String name = Probes.name(probe);
                yield series(new SeriesSelector(name, List.of(), name));
            }
            case ValueTerm.Arithmetic calculated ->
                new Term.Calculated(term(calculated.left()), calculated.op(), term(calculated.right()));
            case ValueTerm.Negative negative -> new Term.Negated(term(negative.operand()));
            case ValueTerm.OverTime over -> window(over);
            case ValueTerm.Across across -> across(across);
            case ValueTerm.EventCount count -> {
                History history = history(count.type());
                history.keep(count.windowMillis());
                yield new TimeTerm.Counted(history, count.windowMillis(), count.text());
            }
            case ValueTerm.SinceEvent since -> new TimeTerm.SinceEvent(history(since.type()), since.type());
            case ValueTerm.SinceHeal since -> {
                standsAlone = true;
                boolean rule = pack.rules().stream().anyMatch(other -> other.name().equals(since.name()));
                String of = rule ? HealsBegun.ofRule(since.name()) : HealsBegun.ofAction(since.name());
                heals.add(of);
                yield new TimeTerm.SinceHeal(subjects.beyond.heals, of, since.name());
            }
            case ValueTerm.Now _ -> {
                standsAlone = true;
                yield new TimeTerm.Now();
            }
            case ValueTerm.Weekday _ -> {
                standsAlone = true;
                yield new TimeTerm.Weekday();
            }
            case ValueTerm.Counted counted when counted.set() == EntitySet.HEALS -> new DecisionTerm.InFlight(
                    subjects.beyond.inFlight, new HealFilter(counted.where(), comparing), counted.text());
            case ValueTerm.Counted counted -> counted(counted);
            case ValueTerm.ParentName _ -> {
                standsAlone = true;
                fleet.asksParents();
                yield new FleetTerm.Parents();
            }
            case ValueTerm.MatchedAttribute attribute -> {
                asksEvent = true;
                yield new Term.MatchedTerm(attribute.alias(), attribute.path());
            }
            case ValueTerm.SeverityOf severity -> new DecisionTerm.Severity(severity.party());
        };
    }

    private Term across(ValueTerm.Across across) {
        List<String> outer = gatheredBy;
        if (!across.by().isEmpty()) {
            gatheredBy = across.by();
            labels.addAll(across.by());
            standsAlone = true;
        }
        Term of = term(across.of());
        gatheredBy = outer;
        return new Term.AcrossTerm(of, across.aggregation(), across.text());
    }

    private Term counted(ValueTerm.Counted counted) {
        standsAlone = true;
        Census census = census(counted.where(), counted.set());
        if (counted.set() != EntitySet.NODES) {
            return new FleetTerm.Related(census, counted.set(), Count.of(counted), counted.text());
        }
        labels.addAll(counted.by());
        return new FleetTerm.Counted(census.pool(counted.by()), Count.of(counted), counted.text());
    }

    /** All of them where nothing is asked. */
    private Census census(Optional<Condition> where, EntitySet set) {
        Census census = subjects.beyond.fleet.census(pack, where.orElse(new Condition.All(List.of())));
        fleet.related(census, set);
        return census;
    }

    private History history(String type) {
        standsAlone = true;
        History history = subjects.beyond.histories.of(subjects, type);
        histories.add(history);
        return history;
    }

    Term.SeriesTerm series(SeriesSelector selector) {
        MetricModel model = model(selector);
        int metric = series.metrics.of(selector.metric());
        return added(new Term.SeriesTerm(slot(metric, selector), metric, model.staleMillis(), model.sourcePercent(),
                model.guardPercent(), selector, null, gathering(metric, selector)));
    }

    private Term.SeriesTerm window(ValueTerm.OverTime over) {
        SeriesSelector selector = over.selector();
        MetricModel model = model(selector);
        WindowPlan.Asked asked = WindowPlan.Asked.of(series.metrics, over.function(),
                series.metrics.of(selector.metric()),
                over.windowMillis(), over.parameter(), model.sourcePercent());
        return added(new Term.SeriesTerm(slot(asked.metric(), selector), asked.derived(), Long.MAX_VALUE, false,
                model.guardPercent(), selector, new Term.Window(asked, over.text()),
                gathering(asked.metric(), selector)));
    }

    private MetricModel model(SeriesSelector selector) {
        return pack.metrics().getOrDefault(selector.metric(), new MetricModel(selector.metric(), Dimension.NUMBER,
                false, MetricModel.DEFAULT_STALE_MILLIS, false, false));
    }

    private int slot(int metric, SeriesSelector selector) {
        return subjects.slot(new SelectorSlot.Meaning(metric, selector));
    }

    private @Nullable Gathering gathering(int metric, SeriesSelector selector) {
        if (gatheredBy.isEmpty()) {
            return null;
        }
        Gathering gathering = new Gathering(series, entities, metric, selector, gatheredBy);
        gatherings.add(gathering);
        return gathering;
    }

    private Term.SeriesTerm added(Term.SeriesTerm term) {
        seriesTerms.add(term);
        return term;
    }
}
