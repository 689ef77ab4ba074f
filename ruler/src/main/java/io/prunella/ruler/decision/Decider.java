package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Budget;
import io.prunella.compiler.drools.Candidate;
import io.prunella.compiler.drools.EventFact;
import io.prunella.compiler.drools.Hold;
import io.prunella.compiler.drools.Refusal;
import io.prunella.compiler.drools.UserRule;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.PlanJson;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.decision.DecisionSession.Need;
import io.prunella.ruler.explain.Obstacle;
import io.prunella.ruler.index.CodePoints;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Instance;
import io.prunella.ruler.index.Lookups;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what may fire, one after the other, so that each sees what those before it have taken. */
public final class Decider {
    private final RulerSettings settings;
    private final FrontIndex index;
    private final DecisionSession session;
    private final Consumer<Firing> firings;
    private final Map<String, Budget> budgets = new HashMap<>();
    private final PriorityQueue<Release> releases = new PriorityQueue<>(Comparator.comparingLong(Release::at));
    /** What plans that are really run have taken, by trace. */
    private final Map<String, List<Hold>> inFlight = new HashMap<>();
    private final Map<String, Taken> taken = new HashMap<>();
    private final Map<Rule, String> planDigests = new HashMap<>();

    private record Release(long at, Object fact) {}

    /** What a firing has used that is given back if its plan was skipped in the end. */
    private record Taken(List<Hold> cooldowns, List<Budget> budgets) {}

    public Decider(RulerSettings settings, FrontIndex index, DecisionSession session, Consumer<Firing> firings) {
        this.settings = settings;
        this.index = index;
        this.session = session;
        this.firings = firings;
    }

    /** Puts other rules in force; what was taken stays taken. */
    public void load(List<Rule> rules) {
        planDigests.clear();
        List<UserRule> users = new ArrayList<>();
        for (Rule rule : rules) {
            planDigests.put(rule, Digests.hex(PlanJson.write(rule.model().plan())));
            users.add(
                    new UserRule(rule.number(), UserRule.name(rule.pack().name(), rule.model().name()), rule.model()));
        }
        session.load(users);
    }

    /** One thing that wants to fire. */
    private record Claimant(Candidate candidate, Instance instance, @Nullable OpenEvent event) {
        static Claimant of(Candidate candidate) {
            EventFact fact = candidate.getEvent();
            return new Claimant(candidate, (Instance) candidate.getBreach().getOrigin(),
                    fact == null ? null : (OpenEvent) fact.getOrigin());
        }

        RuleModel model() {
            return instance.rule().model();
        }

        List<String> subject() {
            return instance.rule().subjects().valuesOf(instance.subject());
        }

        long arrival() {
            return event == null ? 0 : event.number();
        }
    }

    private static final Comparator<Claimant> ORDER = Comparator
            .comparingLong((Claimant c) -> c.model().priority()).reversed()
            .thenComparing(c -> c.model().name(), CodePoints::compare)
            .thenComparing(Claimant::subject, Decider::compareSubjects)
            .thenComparingLong(Claimant::arrival)
            .thenComparing(c -> c.instance().rule().pack().name(), CodePoints::compare);

    private static int compareSubjects(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int sign = CodePoints.compare(one.get(i), other.get(i));
            if (sign != 0) {
                return sign;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Frees what has been taken until now or earlier. */
    public void release(long now) {
        while (!releases.isEmpty() && releases.element().at() <= now) {
            switch (releases.remove().fact()) {
                case Budget budget -> {
                    if (budget.idle(now) && budgets.remove(budget.getKey(), budget)) {
                        session.withdraw(budget);
                    }
                }
                case Object hold -> session.withdraw(hold);
            }
        }
    }

    /** Decides everything that may fire at this instant. */
    public void decide(long now) {
        List<Candidate> candidates = session.candidates();
        if (candidates.isEmpty()) {
            return;
        }
        candidates.stream().map(Claimant::of).sorted(ORDER).forEach(claimant -> decide(claimant, now));
    }

    private void decide(Claimant claimant, long now) {
        Instance instance = claimant.instance();
        Rule rule = instance.rule();
        RuleModel model = rule.model();
        List<Because> because = index.questions().because(instance, claimant.event());
        HealOrder order = order(claimant, now, because);
        List<String> targets = Targets.of(model.plan(), order.entity(), lookup -> Lookups.of(order, lookup));
        List<Need> needs = needs(rule, order, targets);
        Optional<Refusal> refusal = session.decide(claimant.candidate(), needs, now);
        index.decided(instance, claimant.event());
        if (refusal.isEmpty()) {
            take(rule, order, targets, needs, now);
        }
        firings.accept(new Firing(now, rule.pack().name(), model.name(), order.entity(),
                rule.subjects().named(instance.subject()), model.severity(), order.mode(), refusal.map(Decider::result),
                Firing.NO_SUPPRESSION, order.traceId(), model.outline(), because,
                refusal.isEmpty() ? Optional.of(order) : Optional.empty()));
    }

    private static HealResult result(Refusal refusal) {
        return switch (refusal) {
            case SUPPRESSED -> HealResult.SKIPPED_SUPPRESSED;
            case GUARD -> HealResult.SKIPPED_GUARD;
            case COOLDOWN -> HealResult.SKIPPED_COOLDOWN;
            case LIMIT -> HealResult.SKIPPED_LIMIT;
            case LOCK -> HealResult.SKIPPED_LOCKED;
        };
    }

    private HealOrder order(Claimant claimant, long now, List<Because> because) {
        Instance instance = claimant.instance();
        return order(instance.rule(), instance.subject(), claimant.event(), now, index.questions().lookups(instance),
                because);
    }

    private HealOrder order(Rule rule, int subject, @Nullable OpenEvent event, long now, Map<String, Double> lookups,
            List<Because> because) {
        RuleModel model = rule.model();
        Mode mode = settings.mode().least(model.mode().orElse(settings.defaultMode()));
        Map<String, String> labels = new HashMap<>(rule.subjects().labels(subject));
        labels.putAll(model.labels());
        return new HealOrder(Orders.traceId(rule, subject, now, event), model.plan(),
                planDigests.getOrDefault(rule, ""), rule.pack().digest(), rule.subjects().entityOf(subject),
                index.topology().ancestors(rule.subjects().entityOf(subject)), rule.subjects().named(subject),
                model.severity(), mode, model.priority(), now,
                labels, Orders.event(event), lookups, Orders.texts(because));
    }

    private static String key(Rule rule) {
        return rule.pack().name() + "\n" + rule.model().name();
    }

    private List<Need> needs(Rule rule, HealOrder order, List<String> targets) {
        List<Need> needs = new ArrayList<>();
        for (String target : targets) {
            if (rule.model().cooldownMillis().isPresent()) {
                needs.add(new Need(Refusal.COOLDOWN, key(rule) + "\n" + target));
            }
            if (order.plan().executes()) {
                needs.add(new Need(Refusal.LOCK, target));
            }
        }
        for (Limit limit : rule.model().limits()) {
            for (String count : counts(limit, order, targets)) {
                needs.add(new Need(Refusal.LIMIT, key(rule) + "\n" + limit.text() + "\n" + count));
            }
        }
        return needs;
    }

    /** Which counts of a limit a firing belongs to. */
    private List<String> counts(Limit limit, HealOrder order, List<String> targets) {
        return switch (limit) {
            case Limit.Rate rate -> switch (rate.per()) {
                case RuleModel.Per.Rule _ -> List.of("");
                case RuleModel.Per.PerSubject _ -> List.of(order.subject().toString());
                case RuleModel.Per.Label label ->
                    targets.stream().map(target -> label(order, target, label.name())).distinct().toList();
            };
            case Limit.AtOnce _,Limit.OfFleet _ -> throw new IllegalStateException("not executed yet: " + limit);
        };
    }

    private String label(HealOrder order, String target, String name) {
        return target.equals(order.entity()) && !order.subject().containsKey("entity")
                ? order.labels().getOrDefault(name, "")
                : index.questions().labelOf(target, name);
    }

    private void take(Rule rule, HealOrder order, List<String> targets, List<Need> needs, long now) {
        List<Hold> cooldowns = new ArrayList<>();
        List<Hold> claims = new ArrayList<>();
        List<Budget> used = new ArrayList<>();
        boolean real = order.mode() != Mode.DRY_RUN;
        long length = PlanLength.of(order.plan(), ref -> index.questions().watched(ref, order)
                .map(watched -> index.questions().truth(watched, Long.MIN_VALUE) == Truth.TRUE).orElse(false));
        for (Need need : needs) {
            switch (need.kind()) {
                case COOLDOWN -> cooldowns.add(hold(Refusal.COOLDOWN, need.key(),
                        now + rule.model().cooldownMillis().orElseThrow(), order.traceId()));
                case LOCK -> {
                    if (real || length > 0) {
                        claims.add(hold(Refusal.LOCK, need.key(), real ? Long.MAX_VALUE : now + length,
                                order.traceId()));
                    }
                }
                case LIMIT, SUPPRESSED, GUARD -> {
                }
            }
        }
        for (Limit limit : rule.model().limits()) {
            switch (limit) {
                case Limit.Rate rate -> {
                    for (String count : counts(limit, order, targets)) {
                        String key = key(rule) + "\n" + limit.text() + "\n" + count;
                        Budget budget = budgets.computeIfAbsent(key,
                                _ -> new Budget(key, rate.count(), rate.windowMillis()));
                        budget.use(now, order.traceId());
                        session.use(budget);
                        releaseAt(now + rate.windowMillis(), budget);
                        used.add(budget);
                    }
                }
                case Limit.AtOnce _,Limit.OfFleet _ -> throw new IllegalStateException("not executed yet: " + limit);
            }
        }
        index.healBegan(rule, Plans.actions(order.plan()), on(order, targets), now, order.traceId());
        if (real) {
            inFlight.put(order.traceId(), claims);
            taken.put(order.traceId(), new Taken(cooldowns, used));
        }
    }

    /** Whom a plan is on: whom its rule fired for, and whom its actions work on. */
    private static List<String> on(HealOrder order, List<String> targets) {
        List<String> entities = new ArrayList<>(targets);
        entities.add(order.entity());
        return entities;
    }

    private Hold hold(Refusal kind, String key, long until, String traceId) {
        Hold hold = new Hold(kind, key, until, traceId);
        session.insert(hold);
        if (until != Long.MAX_VALUE) {
            releaseAt(until, hold);
        }
        return hold;
    }

    private void releaseAt(long at, Object fact) {
        releases.add(new Release(at, fact));
        index.wakeAt(at);
    }

    /**
     * What would have a firing of a rule skipped now.
     *
     * @param event of which the rule would fire, where it takes one
     * @param own traces of this instant's firings: what they took themselves is no obstacle
     */
    public List<Obstacle> obstacles(Rule rule, int subject, @Nullable OpenEvent event, long now, Set<String> own) {
        HealOrder order = order(rule, subject, event, now, Map.of(), List.of());
        List<String> targets = Targets.of(rule.model().plan(), order.entity(), lookup -> Lookups.of(order, lookup));
        List<Obstacle> obstacles = new ArrayList<>();
        for (Need need : needs(rule, order, targets)) {
            for (Hold hold : session.holds(need, now)) {
                if (!own.contains(hold.getTraceId())) {
                    obstacles.add(new Obstacle(result(need.kind()), text(need), until(hold.getUntil()),
                            hold.getTraceId()));
                }
            }
        }
        for (Limit limit : rule.model().limits()) {
            for (String count : counts(limit, order, targets)) {
                Budget budget = budgets.get(key(rule) + "\n" + limit.text() + "\n" + count);
                if (budget != null && budget.spentWithout(own, now)) {
                    obstacles.add(new Obstacle(HealResult.SKIPPED_LIMIT, "limit `" + limit.text() + "` is used up"
                            + (count.isEmpty() ? "" : " for `" + count + "`"), until(budget.frees()), ""));
                }
            }
        }
        return obstacles;
    }

    private static OptionalLong until(long instant) {
        return instant == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(instant);
    }

    private static String text(Need need) {
        String target = need.key().substring(need.key().lastIndexOf('\n') + 1);
        return switch (need.kind()) {
            case COOLDOWN -> "cooldown of `" + target + "`";
            case LOCK -> "`" + target + "` is claimed by a plan in flight";
            case LIMIT -> "limit";
            case GUARD -> "guard";
            case SUPPRESSED -> "suppressed";
        };
    }

    /** A plan that was really run has ended; if it was skipped in the end, it counts toward nothing. */
    public void ended(String traceId, HealResult result, long at) {
        for (Hold claim : inFlight.getOrDefault(traceId, List.of())) {
            session.withdraw(claim);
            hold(claim.getKind(), claim.getKey(), at, traceId);
        }
        inFlight.remove(traceId);
        index.healEnded(traceId, result.skipped());
        Taken counted = taken.remove(traceId);
        if (counted != null && result.skipped()) {
            counted.cooldowns().forEach(session::withdraw);
            counted.budgets().forEach(budget -> budget.giveBack(traceId));
        }
    }
}
