package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Candidate;
import io.prunella.compiler.drools.Cause;
import io.prunella.compiler.drools.Demand;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Refusal;
import io.prunella.compiler.drools.UserRule;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SeverityRank;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.PlanJson;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.Obstacle;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Heals;
import io.prunella.ruler.index.Instance;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what may fire, one after the other, so that each sees what those before it have taken. */
public final class Decider {
    private static final int GRAVE = SeverityRank.of("high");

    private final RulerSettings settings;
    private final FrontIndex index;
    private final DecisionSession session;
    private final Consumer<Firing> firings;
    private final Suppression suppression;
    private final Guards guards;
    private final Limits limits;
    private final Optional<FleetGuards> fleet;
    private final Taken taken;
    private final Emissions emissions;
    /** Hears whose turn it is, before anything comes of it. */
    private Turn turn = (_, _, _) -> {};
    /** Which round of this instant it is, from 1: what is emitted at it makes one more. */
    private int round;
    /** How deep that lies which real plans emit, by trace. */
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<Rule, String> planDigests = new HashMap<>();

    public Decider(RulerSettings settings, FrontIndex index, DecisionSession session, Consumer<Firing> firings) {
        this.settings = settings;
        this.index = index;
        this.session = session;
        this.firings = firings;
        this.suppression = new Suppression(index, session);
        this.guards = new Guards(index);
        this.limits = new Limits(index);
        this.fleet = settings.guards().map(guards -> new FleetGuards(guards, limits, settings.notices()));
        this.taken = new Taken(index, session);
        this.emissions = new Emissions(settings.notices());
    }

    /** Hears whose turn it is. */
    @FunctionalInterface
    public interface Turn {

        /** Everything is still as it was when the rule was judged to fire. */
        void decides(Instance instance, @Nullable OpenEvent event, long now);
    }

    /** From here on somebody hears whose turn it is. */
    public void tell(Turn receiver) {
        turn = receiver;
    }

    /**
     * Puts other rules in force; what was taken stays taken.
     *
     * @param standing conditions of guards and suppressions
     */
    public void load(List<Rule> rules, List<Rule> standing) {
        planDigests.clear();
        List<UserRule> users = new ArrayList<>();
        for (Rule rule : rules) {
            planDigests.put(rule, Digests.hex(PlanJson.write(rule.model().plan())));
            users.add(
                    new UserRule(rule.number(), UserRule.name(rule.pack().name(), rule.model().name()), rule.model()));
        }
        session.load(users);
        suppression.load(standing);
        guards.load(standing);
    }

    /** Frees what has been taken until now or earlier. */
    public void release(long now) {
        taken.release(now);
    }

    /**
     * Decides everything that may fire at this instant.
     *
     * @param number which round of it this is, from 1
     */
    public void decide(long now, int number) {
        round = number;
        List<Candidate> candidates = session.candidates();
        if (candidates.isEmpty() && !suppression.anyDue(now)) {
            return;
        }
        List<Claimant> ready = suppression.settled(candidates.stream().map(Claimant::of).toList(), now);
        List<Claimant> ordered = ready.stream().sorted(Claimant.ORDER).toList();
        Map<Claimant, Cause> suppressed = suppression.judge(ordered, now);
        ordered.forEach(claimant -> decide(claimant, suppressed.get(claimant), now));
    }

    private void decide(Claimant claimant, @Nullable Cause cause, long now) {
        Instance instance = claimant.instance();
        Rule rule = claimant.rule();
        RuleModel model = claimant.model();
        List<Because> because = index.questions().because(instance, claimant.event());
        turn.decides(instance, claimant.event(), now);
        HealOrder order = order(claimant, now, because);
        List<String> targets = Targets.of(order);
        List<Limits.Count> counts = limits.counts(rule, order, targets);
        Optional<Refused> refused;
        List<Need> needs = needs(rule, order, targets, counts);
        List<FleetGuards.Count> fleetCounts = fleet.map(guard -> guard.counts(order, targets)).orElse(List.of());
        fleetCounts.forEach(count -> needs.add(count.need()));
        fleet.ifPresent(guard -> unwell(guard.storms(), claimant, now));
        if (cause == null) {
            List<Need> denials = new ArrayList<>(guards.denials(order));
            fleet.ifPresent(guard -> denials.addAll(guard.denials(order, targets, now)));
            Optional<Demand> demand = session.decide(claimant.candidate(), needs, denials, now);
            demand.ifPresent(stopped -> fleet
                    .ifPresent(guard -> guard.refused(stopped, order, targets, now)));
            refused = demand.map(stopped -> new Refused(stopped.getKind(), stopped.getSays()));
        } else {
            refused = Optional.of(new Refused(Refusal.SUPPRESSED,
                    "`" + cause.getEntity() + "` above it explains it, trace " + cause.getTraceId()));
        }
        index.decided(instance, claimant.event());
        if (refused.isEmpty()) {
            take(claimant, order, targets, needs, counts, fleetCounts, now);
        }
        firings.accept(new Firing(now, rule.pack().name(), model.name(), order.entity(),
                rule.subjects().named(instance.subject()), model.severity(), order.mode(),
                refused.map(Refused::result), cause == null
                        ? Firing.NO_SUPPRESSION
                        : Firing.SUPPRESSED_BY + cause.getTraceId(),
                order.traceId(), model.outline(), because,
                refused.isEmpty() ? Optional.of(order) : Optional.empty(), refused.map(Refused::says)));
    }

    /** Why a firing is skipped. */
    private record Refused(Refusal kind, String says) {
        HealResult result() {
            return Taken.result(kind);
        }
    }

    private HealOrder order(Claimant claimant, long now, List<Because> because) {
        Instance instance = claimant.instance();
        return order(claimant.rule(), instance.subject(), claimant.event(), now, index.questions().lookups(instance),
                because);
    }

    private HealOrder order(Rule rule, int subject, @Nullable OpenEvent event, long now, Map<String, Double> lookups,
            List<Because> because) {
        RuleModel model = rule.model();
        Mode mode = settings.mode().least(model.mode().orElse(settings.defaultMode()));
        String entity = rule.subjects().entityOf(subject);
        return new HealOrder(Orders.traceId(rule, subject, now, event), model.plan(),
                planDigests.getOrDefault(rule, ""), rule.pack().digest(), entity, index.topology().ancestors(entity),
                rule.subjects().named(subject), model.severity(), mode, model.priority(), now,
                Orders.labels(rule, subject), Orders.event(event), lookups, Orders.texts(because));
    }

    private List<Need> needs(Rule rule, HealOrder order, List<String> targets, List<Limits.Count> counts) {
        List<Need> needs = new ArrayList<>();
        for (String target : targets) {
            cooldown(rule).ifPresent(_ -> needs.add(new Need(Refusal.COOLDOWN,
                    rule.pack().name() + "\n" + rule.model().name() + "\n" + target, Demand.UNCOUNTED,
                    "cooldown of `" + target + "`")));
            if (order.plan().executes()) {
                needs.addAll(Claims.needs(target, index.topology()));
            }
        }
        counts.forEach(count -> needs.add(count.need()));
        return needs;
    }

    /**
     * What would have a firing of a rule skipped now.
     *
     * @param event of which the rule would fire, where it takes one
     * @param own traces of this instant's firings: what they took themselves is no obstacle
     */
    public List<Obstacle> obstacles(Rule rule, int subject, @Nullable OpenEvent event, long now, Set<String> own) {
        HealOrder order = order(rule, subject, event, now, Map.of(), List.of());
        List<String> targets = Targets.of(order);
        List<Obstacle> obstacles = new ArrayList<>();
        suppression.cause(order.entity(), order.labels(), order.severity(), now).ifPresent(cause -> obstacles.add(
                new Obstacle(HealResult.SKIPPED_SUPPRESSED, "`" + cause.getEntity() + "` above it explains it",
                        OptionalLong.empty(), cause.getTraceId())));
        guards.denials(order).forEach(denial -> obstacles.add(
                new Obstacle(HealResult.SKIPPED_GUARD, denial.says(), OptionalLong.empty(), "")));
        obstacles.addAll(taken.obstacles(needs(rule, order, targets, limits.counts(rule, order, targets)), own, now));
        return obstacles;
    }

    /** What stands above a subject and fired lately, and why that does not suppress what fires for it now. */
    public List<Explanation.Spared> spared(Rule rule, int subject, long now) {
        return suppression.spared(rule.subjects().entityOf(subject), Orders.labels(rule, subject),
                rule.model().severity(), now);
    }

    /** The rule's own, else the server's. */
    private OptionalLong cooldown(Rule rule) {
        OptionalLong own = rule.model().cooldownMillis();
        return own.isPresent() || settings.guards().isEmpty()
                ? own
                : OptionalLong.of(settings.guards().get().cooldownMillis());
    }

    /** A grave firing makes its entity unhealthy for as long as it holds. */
    private void unwell(Storms storms, Claimant claimant, long now) {
        if (SeverityRank.of(claimant.model().severity()) >= GRAVE) {
            storms.ill(claimant.entity(), now);
            index.symptom(claimant.instance(), claimant.event(), end -> storms.well(claimant.entity(), end));
        }
    }

    private void take(Claimant claimant, HealOrder order, List<String> targets, List<Need> needs,
            List<Limits.Count> counts, List<FleetGuards.Count> fleetCounts, long now) {
        boolean real = order.mode() != Mode.DRY_RUN;
        PlanLength.Course course = PlanLength.of(order.plan(), ref -> index.questions().watched(ref, order)
                .map(watched -> index.questions().truth(watched, Long.MIN_VALUE) == Truth.TRUE).orElse(false));
        long planEnds = real ? Long.MAX_VALUE : now + course.millis();
        List<Taken.Thing> things = new ArrayList<>();
        for (Need need : needs) {
            if (need.kind() == Refusal.COOLDOWN) {
                things.add(new Taken.Thing(Refusal.COOLDOWN, need.key(),
                        now + cooldown(claimant.rule()).orElseThrow()));
            }
        }
        if (order.plan().executes()) {
            for (String target : targets) {
                Claims.taken(target, index.topology())
                        .forEach(key -> things.add(new Taken.Thing(Refusal.LOCK, key, planEnds)));
            }
        }
        counts.forEach(count -> things.add(new Taken.Thing(Refusal.LIMIT, count.key(), count.until(now, planEnds))));
        fleetCounts.forEach(count -> things.add(
                new Taken.Thing(Refusal.GUARD, count.need().key(), count.until(now, planEnds))));
        fleet.ifPresent(
                guard -> targets.stream().filter(_ -> order.plan().executes() && planEnds > now).forEach(target -> {
                    guard.storms().ill(target, now);
                    guard.storms().well(target, planEnds);
                }));
        taken.take(order, things);
        index.healBegan(claimant.rule(), Plans.actions(order.plan()), on(order, targets), now, order.traceId());
        index.heals().began(new Heals.InFlight(order.traceId(), now, planEnds, order.plan().executes(),
                targets.stream().map(target -> aim(order, target)).toList()));
        int depth = Math.max(claimant.depth() + 1, round);
        if (real) {
            depths.put(order.traceId(), depth);
        } else {
            emissions.plan(order, claimant.event(), depth, course.emitted()).forEach(index::wakeAt);
        }
    }

    /** Whom a plan is on: whom its rule fired for, and whom its actions work on. */
    private static List<String> on(HealOrder order, List<String> targets) {
        List<String> entities = new ArrayList<>(targets);
        entities.add(order.entity());
        return entities;
    }

    private Heals.Aim aim(HealOrder order, String target) {
        Map<String, String> labels = new HashMap<>(index.questions().labelsOf(target));
        if (target.equals(order.entity())) {
            labels.putAll(order.labels());
        }
        return new Heals.Aim(target, labels);
    }

    /** Feeds back what has been emitted by now; false when nothing was. */
    public boolean emit(long now) {
        boolean some = false;
        for (Optional<EventSeen> next = emissions.next(now); next.isPresent(); next = emissions.next(now)) {
            index.event(next.get());
            some = true;
        }
        return some;
    }

    /**
     * How deep an event lies that a real plan emits now; empty when that is too deep, and the event is not to be fed
     * back.
     */
    public OptionalInt depth(String traceId, HealOrder order) {
        int depth = depths.getOrDefault(traceId, 1);
        return emissions.allowed(order, depth) ? OptionalInt.of(depth) : OptionalInt.empty();
    }

    /** How many plans were not let emit, because they do so in a circle. */
    public long refusedEmits() {
        return emissions.refused();
    }

    /** A plan that was really run has ended; if it was skipped in the end, it counts toward nothing. */
    public void ended(String traceId, HealResult result, long at) {
        depths.remove(traceId);
        index.heals().ended(traceId).forEach(target -> fleet.ifPresent(guard -> guard.storms().well(target, at)));
        index.healEnded(traceId, result.skipped());
        taken.ended(traceId, result, at);
    }
}
