package io.prunella.ruler.decision;

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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what may fire, one after the other, so that each sees what those before it have taken. */
public final class Decider {
    private static final int GRAVE = SeverityRank.of("high");

    private final FrontIndex index;
    private final DecisionSession session;
    private final Consumer<Firing> firings;
    private final Briefs briefs;
    private final Suppression suppression;
    private final Guards guards;
    private final Limits limits;
    private final @Nullable FleetGuards fleet;
    private final Taken taken;
    private final Emissions emissions;
    /** Hears whose turn it is, before anything comes of it. */
    private Turn turn = (_, _, _) -> {};
    /** Hears of real plans that need not be run any more, by trace, and why. */
    private BiConsumer<String, String> withdrawals = (_, _) -> {};
    /** Which round of this instant it is, from 1: what is emitted at it makes one more. */
    private int round;
    /** How deep that lies which real plans emit, by trace. */
    private final Map<String, Integer> depths = new HashMap<>();

    public Decider(RulerSettings settings, FrontIndex index, DecisionSession session, Consumer<Firing> firings) {
        this.index = index;
        this.session = session;
        this.firings = firings;
        this.briefs = new Briefs(settings);
        this.suppression = new Suppression(index, session, briefs);
        this.guards = new Guards(index);
        this.limits = new Limits(index, settings.pace() == RulerSettings.Pace.CLOCK);
        this.fleet = settings.guards().map(own -> new FleetGuards(own, limits, settings.notices())).orElse(null);
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

    /** From here on somebody hears which real plans need not be run any more, if they still wait. */
    public void withdrawals(BiConsumer<String, String> receiver) {
        withdrawals = receiver;
    }

    /**
     * Puts other rules in force; what was taken stays taken.
     *
     * @param standing conditions of guards and suppressions
     */
    public void load(List<Rule> rules, List<Rule> standing) {
        List<UserRule> users = new ArrayList<>();
        for (Rule rule : rules) {
            users.add(
                    new UserRule(rule.number(), UserRule.name(rule.pack().name(), rule.model().name()), rule.model()));
        }
        briefs.load(rules);
        suppression.load(standing, session.load(users));
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
        List<Claimant> candidates = session.candidates();
        if (candidates.isEmpty() && !suppression.anyDue(now)) {
            return;
        }
        List<Claimant> ordered = briefs.ordered(suppression.settled(candidates, now));
        Map<Claimant, Cause> suppressed = suppression.judge(ordered, now);
        for (Claimant claimant : ordered) {
            decide(claimant, suppressed.isEmpty() ? null : suppressed.get(claimant), now);
        }
    }

    private void decide(Claimant claimant, @Nullable Cause cause, long now) {
        Instance instance = claimant.instance();
        OpenEvent event = claimant.event();
        Rule rule = instance.rule();
        Brief brief = briefs.of(rule);
        RuleModel model = rule.model();
        List<Because> because = index.questions().because(instance, event);
        turn.decides(instance, event, now);
        Map<String, String> subject = rule.subjects().named(instance.subject());
        HealOrder order = order(brief, instance.subject(), subject, event, now, index.questions().lookups(instance),
                because);
        Stakes stakes = stakes(brief, order);
        if (fleet != null && brief.severity() >= GRAVE) {
            unwell(fleet.storms(), order.entity(), instance, event, now);
        }
        Refused refused = cause == null
                ? refused(rule, order, stakes, now)
                : new Refused(Refusal.SUPPRESSED,
                        "`" + cause.getEntity() + "` above it explains it, trace " + cause.getTraceId());
        if (refused == null && order.mode() != Mode.DRY_RUN) {
            index.waits(instance, event, why -> withdrawals.accept(order.traceId(), why));
        }
        index.decided(instance, event);
        if (refused == null) {
            take(brief, claimant, order, stakes, now);
        }
        firings.accept(new Firing(now, rule.pack().name(), model.name(), order.entity(), subject, model.severity(),
                order.mode(), Optional.ofNullable(refused).map(Refused::result), cause == null
                        ? Firing.NO_SUPPRESSION
                        : Firing.SUPPRESSED_BY + cause.getTraceId(),
                order.traceId(), model.outline(), because, refused == null ? Optional.of(order) : Optional.empty(),
                Optional.ofNullable(refused).map(Refused::says)));
    }

    /** What stands in the way of a firing that no cause explains. */
    private @Nullable Refused refused(Rule rule, HealOrder order, Stakes stakes, long now) {
        List<Need> denials = guards.denials(order);
        List<Need> withoutInventory = limits.refusals(rule);
        if (fleet != null || !withoutInventory.isEmpty()) {
            denials = new ArrayList<>(denials);
            denials.addAll(withoutInventory);
        }
        if (fleet != null) {
            denials.addAll(fleet.denials(order, stakes.targets(), now));
        }
        Optional<Demand> stopped = session.decide(stakes.needs(), denials, now);
        if (fleet != null && stopped.isPresent()) {
            fleet.refused(stopped.get(), order, stakes.targets(), now);
        }
        return stopped.map(demand -> new Refused(demand.getKind(), demand.getSays())).orElse(null);
    }

    /** Why a firing is skipped. */
    private record Refused(Refusal kind, String says) {
        HealResult result() {
            return Taken.result(kind);
        }
    }

    private HealOrder order(Brief brief, int subject, Map<String, String> named, @Nullable OpenEvent event, long now,
            Map<String, Double> lookups, List<Because> because) {
        Rule rule = brief.rule();
        RuleModel model = rule.model();
        String entity = rule.subjects().entityOf(subject);
        return new HealOrder(briefs.traceId(rule, subject, now, event), model.plan(), brief.planDigest(),
                rule.pack().digest(), entity, index.topology().ancestors(entity), named, model.severity(), brief.mode(),
                model.priority(), now, Orders.labels(rule, subject), Orders.event(event), lookups,
                Orders.texts(because));
    }

    /**
     * What a plan works on and what that asks for.
     *
     * @param needs of everything, counts included, the fleet's too
     */
    private record Stakes(List<String> targets, List<Limits.Count> counts, List<FleetGuards.Count> fleetCounts,
            List<Need> needs) {}

    private Stakes stakes(Brief brief, HealOrder order) {
        List<String> targets = brief.targets(order);
        List<FleetGuards.Count> fleetCounts = fleet == null ? List.of() : fleet.counts(order, targets);
        if (brief.needsNothing() && fleetCounts.isEmpty()) {
            return new Stakes(targets, List.of(), fleetCounts, List.of());
        }
        List<Limits.Count> counts = limits.counts(brief.rule(), order, targets);
        List<Need> needs = needs(brief, targets, counts);
        fleetCounts.forEach(count -> needs.add(count.need()));
        return new Stakes(targets, counts, fleetCounts, needs);
    }

    private List<Need> needs(Brief brief, List<String> targets, List<Limits.Count> counts) {
        Rule rule = brief.rule();
        List<Need> needs = new ArrayList<>();
        for (String target : targets) {
            if (brief.cooldown().isPresent()) {
                needs.add(new Need(Refusal.COOLDOWN, rule.pack().name() + "\n" + rule.model().name() + "\n" + target,
                        Demand.UNCOUNTED, "cooldown of `" + target + "`"));
            }
            if (brief.executes()) {
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
        Brief brief = briefs.of(rule);
        HealOrder order = order(brief, subject, rule.subjects().named(subject), event, now, Map.of(), List.of());
        List<String> targets = brief.targets(order);
        List<Obstacle> obstacles = new ArrayList<>();
        suppression.cause(order.entity(), order.labels(), order.severity(), now).ifPresent(cause -> obstacles.add(
                new Obstacle(HealResult.SKIPPED_SUPPRESSED, "`" + cause.getEntity() + "` above it explains it",
                        OptionalLong.empty(), cause.getTraceId())));
        guards.denials(order).forEach(denial -> obstacles.add(
                new Obstacle(HealResult.SKIPPED_GUARD, denial.says(), OptionalLong.empty(), "")));
        limits.refusals(rule).forEach(refusal -> obstacles.add(
                new Obstacle(HealResult.SKIPPED_LIMIT, refusal.says(), OptionalLong.empty(), "")));
        obstacles.addAll(taken.obstacles(needs(brief, targets, limits.counts(rule, order, targets)), own, now));
        return obstacles;
    }

    /** What stands above a subject and fired lately, and why that does not suppress what fires for it now. */
    public List<Explanation.Spared> spared(Rule rule, int subject, long now) {
        return suppression.spared(rule.subjects().entityOf(subject), Orders.labels(rule, subject),
                rule.model().severity(), now);
    }

    /** A grave firing makes its entity unhealthy for as long as it holds. */
    private void unwell(Storms storms, String entity, Instance instance, @Nullable OpenEvent event, long now) {
        storms.ill(entity, now);
        index.symptom(instance, event, end -> storms.well(entity, end));
    }

    private void take(Brief brief, Claimant claimant, HealOrder order, Stakes stakes, long now) {
        boolean real = order.mode() != Mode.DRY_RUN;
        PlanLength.Course course = course(brief, order);
        long planEnds = real ? Long.MAX_VALUE : now + course.millis();
        if (real || !stakes.needs().isEmpty()) {
            taken.take(order, things(brief, stakes, now, planEnds));
        }
        if (fleet != null && brief.executes() && planEnds > now) {
            for (String target : stakes.targets()) {
                fleet.storms().ill(target, now);
                fleet.storms().well(target, planEnds);
            }
        }
        if (index.remembersHeals(real)) {
            index.healBegan(brief.rule(), brief.actions(), on(order, stakes.targets()), now, order.traceId(), real);
        }
        if (brief.executes() || planEnds > now) {
            index.heals().began(new Heals.InFlight(order.traceId(), now, planEnds, brief.executes(),
                    stakes.targets().stream().map(target -> aim(order, target)).toList()));
        }
        int depth = Math.max(claimant.depth() + 1, round);
        if (real) {
            depths.put(order.traceId(), depth);
        } else if (!course.emitted().isEmpty()) {
            emissions.plan(order, claimant.event(), depth, course.emitted()).forEach(index::wakeAt);
        }
    }

    private PlanLength.Course course(Brief brief, HealOrder order) {
        PlanLength.Course always = brief.course();
        return always != null
                ? always
                : PlanLength.of(order.plan(), ref -> index.questions().watched(ref, order)
                        .map(watched -> index.questions().truth(watched, Long.MIN_VALUE) == Truth.TRUE).orElse(false));
    }

    private List<Taken.Thing> things(Brief brief, Stakes stakes, long now, long planEnds) {
        List<Taken.Thing> things = new ArrayList<>();
        for (Need need : stakes.needs()) {
            if (need.kind() == Refusal.COOLDOWN) {
                things.add(new Taken.Thing(Refusal.COOLDOWN, need.key(), now + brief.cooldown().orElseThrow()));
            }
        }
        if (brief.executes()) {
            for (String target : stakes.targets()) {
                Claims.taken(target, index.topology())
                        .forEach(key -> things.add(new Taken.Thing(Refusal.LOCK, key, planEnds)));
            }
        }
        stakes.counts().forEach(
                count -> things.add(new Taken.Thing(Refusal.LIMIT, count.key(), count.until(now, planEnds))));
        stakes.fleetCounts().forEach(
                count -> things.add(new Taken.Thing(Refusal.GUARD, count.need().key(), count.until(now, planEnds))));
        return things;
    }

    /** Whom a plan is on: whom its rule fired for, and whom its actions work on. */
    private static List<String> on(HealOrder order, List<String> targets) {
        List<String> entities = new ArrayList<>(targets);
        entities.add(order.entity());
        return entities;
    }

    private Heals.Aim aim(HealOrder order, String target) {
        if (!target.equals(order.entity())) {
            return new Heals.Aim(target, index.questions().labelsOf(target));
        }
        Map<String, String> labels = new HashMap<>(order.labels());
        if (order.subject().containsKey("entity")) {
            // A part of an entity is asked for what limits ask for: the entity as it is now, and its own labels for good.
            labels.putAll(index.questions().labelsOf(target));
            labels.putAll(order.subject());
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
        List<String> freed = index.heals().ended(traceId);
        if (fleet != null) {
            freed.forEach(target -> fleet.storms().well(target, at));
        }
        index.healEnded(traceId, result.skipped());
        taken.ended(traceId, result, at);
    }
}
