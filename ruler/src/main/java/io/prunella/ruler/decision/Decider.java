package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Budget;
import io.prunella.compiler.drools.Candidate;
import io.prunella.compiler.drools.EventFact;
import io.prunella.compiler.drools.Hold;
import io.prunella.compiler.drools.Refusal;
import io.prunella.compiler.drools.UserRule;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.plan.PlanJson;
import io.prunella.plan.Truth;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.decision.DecisionSession.Need;
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
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what may fire, one after the other, so that each sees what those before it have taken. */
public final class Decider {
    private final RulerSettings settings;
    private final FrontIndex index;
    private final DecisionSession session;
    private final Consumer<Firing> firings;
    private final Limits limits;
    private final Emissions emissions;
    /** Which round of this instant it is, from 1: what is emitted at it makes one more. */
    private int round;
    /** How deep that lies which real plans emit, by trace. */
    private final Map<String, Integer> depths = new HashMap<>();
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
        this.limits = new Limits(index, session);
        this.emissions = new Emissions(settings.notices());
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

        int depth() {
            return event == null ? 0 : event.seen().depth();
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
                case Budget budget -> limits.release(budget, now);
                case Object hold -> session.withdraw(hold);
            }
        }
    }

    /**
     * Decides everything that may fire at this instant.
     *
     * @param number which round of it this is, from 1
     */
    public void decide(long now, int number) {
        round = number;
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
            take(claimant, order, targets, needs, now);
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
        Rule rule = instance.rule();
        RuleModel model = rule.model();
        Mode mode = settings.mode().least(model.mode().orElse(settings.defaultMode()));
        Map<String, String> labels = new HashMap<>(rule.subjects().labels(instance.subject()));
        labels.putAll(model.labels());
        return new HealOrder(Orders.traceId(rule, instance.subject(), now, claimant.event()), model.plan(),
                planDigests.getOrDefault(rule, ""), rule.pack().digest(), rule.subjects().entityOf(instance.subject()),
                index.topology().ancestors(rule.subjects().entityOf(instance.subject())),
                rule.subjects().named(instance.subject()), model.severity(), mode, model.priority(), now,
                labels, Orders.event(claimant.event()), index.questions().lookups(instance), Orders.texts(because));
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
        needs.addAll(limits.needs(rule, order, targets));
        return needs;
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
    public OptionalInt depth(HealOrder order) {
        int depth = depths.getOrDefault(order.traceId(), 1);
        return emissions.allowed(order, depth) ? OptionalInt.of(depth) : OptionalInt.empty();
    }

    /** How many plans were not let emit, because they do so in a circle. */
    public long refusedEmits() {
        return emissions.refused();
    }

    private void take(Claimant claimant, HealOrder order, List<String> targets, List<Need> needs, long now) {
        Rule rule = claimant.instance().rule();
        List<Hold> cooldowns = new ArrayList<>();
        List<Hold> claims = new ArrayList<>();
        boolean real = order.mode() != Mode.DRY_RUN;
        PlanLength.Course course = PlanLength.of(order.plan(), ref -> index.questions().watched(ref, order)
                .map(watched -> index.questions().truth(watched, Long.MIN_VALUE) == Truth.TRUE).orElse(false));
        long planEnds = real ? Long.MAX_VALUE : now + course.millis();
        for (Need need : needs) {
            switch (need.kind()) {
                case COOLDOWN -> cooldowns.add(hold(Refusal.COOLDOWN, need.key(),
                        now + rule.model().cooldownMillis().orElseThrow(), order.traceId()));
                case LOCK -> {
                    if (planEnds > now) {
                        claims.add(hold(Refusal.LOCK, need.key(), planEnds, order.traceId()));
                    }
                }
                case LIMIT, SUPPRESSED, GUARD -> {
                }
            }
        }
        List<Limits.Used> used = limits.use(rule, order, targets, now, planEnds);
        used.stream().filter(use -> use.until() != Long.MAX_VALUE).forEach(use -> releaseAt(use.until(), use.budget()));
        int depth = Math.max(claimant.depth() + 1, round);
        if (real) {
            depths.put(order.traceId(), depth);
            inFlight.put(order.traceId(), claims);
            taken.put(order.traceId(), new Taken(cooldowns, used.stream().map(Limits.Used::budget).toList()));
        } else {
            emissions.plan(order, claimant.event(), depth, course.emitted()).forEach(index::wakeAt);
        }
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

    /** A plan that was really run has ended; if it was skipped in the end, it counts toward nothing. */
    public void ended(String traceId, HealResult result, long at) {
        for (Hold claim : inFlight.getOrDefault(traceId, List.of())) {
            session.withdraw(claim);
            hold(claim.getKind(), claim.getKey(), at, traceId);
        }
        inFlight.remove(traceId);
        depths.remove(traceId);
        Taken counted = taken.remove(traceId);
        if (counted == null) {
            return;
        }
        if (result.skipped()) {
            counted.cooldowns().forEach(session::withdraw);
            counted.budgets().forEach(budget -> budget.giveBack(traceId));
        }
        for (Budget budget : counted.budgets()) {
            budget.ends(traceId, at);
            releaseAt(at, budget);
        }
    }
}
