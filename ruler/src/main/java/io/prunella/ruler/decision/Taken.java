package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Budget;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Fact;
import io.prunella.compiler.drools.Hold;
import io.prunella.compiler.drools.Refusal;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.explain.Obstacle;
import io.prunella.ruler.index.FrontIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/** What firings have taken: targets, cooldowns, places in limits; and when each is free again. */
final class Taken {
    private final FrontIndex index;
    private final DecisionSession session;
    private final PriorityQueue<Release> releases = new PriorityQueue<>(Comparator.comparingLong(Release::at));
    /** What plans that are really run have taken, by trace. */
    private final Map<String, Plan> plans = new HashMap<>();

    private record Release(long at, Fact fact) {}

    /**
     * A plan that is really run.
     *
     * @param claims free when it ends
     * @param cooldowns and {@code counted}: given back if it was skipped in the end
     */
    private record Plan(List<Hold> claims, List<Hold> cooldowns, List<Budget> counted) {}

    /**
     * One thing that a firing takes.
     *
     * @param kind a limit's is a place among several, any other is the only one
     * @param until the first instant at which it is free again; {@link Long#MAX_VALUE} when the plan's end will be told
     */
    record Thing(Refusal kind, String key, long until) {}

    Taken(FrontIndex index, DecisionSession session) {
        this.index = index;
        this.session = session;
    }

    /** A firing was let through. */
    void take(HealOrder order, List<Thing> things) {
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Thing thing : things) {
            if (thing.until() > order.firedAt()) {
                switch (thing.kind()) {
                    case COOLDOWN -> plan.cooldowns().add(hold(thing, order.traceId()));
                    case LOCK -> plan.claims().add(hold(thing, order.traceId()));
                    case LIMIT, GUARD -> plan.counted().add(use(thing, order.traceId()));
                    case SUPPRESSED -> throw new IllegalArgumentException("nothing that is taken: " + thing);
                }
            }
        }
        if (order.mode() != Mode.DRY_RUN) {
            plans.put(order.traceId(), plan);
        }
    }

    private Budget use(Thing thing, String traceId) {
        Budget budget = session.budget(thing.key());
        budget.use(thing.until(), traceId);
        if (thing.until() != Long.MAX_VALUE) {
            releaseAt(thing.until(), budget);
        }
        return budget;
    }

    private Hold hold(Thing thing, String traceId) {
        Hold hold = new Hold(thing.kind(), thing.key(), thing.until(), traceId);
        session.hold(hold);
        if (thing.until() != Long.MAX_VALUE) {
            releaseAt(thing.until(), hold);
        }
        return hold;
    }

    private void releaseAt(long at, Fact fact) {
        releases.add(new Release(at, fact));
        index.wakeAt(at);
    }

    /** Frees what has been taken until now or earlier. */
    void release(long now) {
        while (!releases.isEmpty() && releases.element().at() <= now) {
            switch (releases.remove().fact()) {
                case Budget budget -> {
                    if (budget.idle(now)) {
                        session.free(budget);
                    }
                }
                case Hold hold -> session.free(hold);
                case Fact other -> throw new IllegalStateException("nothing that is taken: " + other);
            }
        }
    }

    /**
     * What stands in the way of needs now.
     *
     * @param own traces of firings that do not count
     */
    List<Obstacle> obstacles(List<Need> needs, Set<String> own, long now) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (Need need : needs) {
            for (Hold hold : session.holds(need, now)) {
                if (!own.contains(hold.getTraceId())) {
                    obstacles.add(new Obstacle(result(need.kind()), need.says(), until(hold.getUntil()),
                            hold.getTraceId()));
                }
            }
            Budget budget = session.used(need.key());
            if (budget != null && budget.spentWithout(own, now, need.room())) {
                obstacles.add(new Obstacle(result(need.kind()), need.says(), until(budget.frees()), ""));
            }
        }
        return obstacles;
    }

    private static OptionalLong until(long instant) {
        return instant == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(instant);
    }

    static HealResult result(Refusal refusal) {
        return switch (refusal) {
            case SUPPRESSED -> HealResult.SKIPPED_SUPPRESSED;
            case GUARD -> HealResult.SKIPPED_GUARD;
            case COOLDOWN -> HealResult.SKIPPED_COOLDOWN;
            case LIMIT -> HealResult.SKIPPED_LIMIT;
            case LOCK -> HealResult.SKIPPED_LOCKED;
        };
    }

    /** A plan that was really run has ended; if it was skipped in the end, it counts toward nothing. */
    void ended(String traceId, HealResult result, long at) {
        Plan plan = plans.remove(traceId);
        if (plan == null) {
            return;
        }
        for (Hold claim : plan.claims()) {
            session.free(claim);
            hold(new Thing(claim.getKind(), claim.getKey(), at), traceId);
        }
        if (result.skipped()) {
            plan.cooldowns().forEach(session::free);
            plan.counted().forEach(budget -> budget.giveBack(traceId));
        }
        for (Budget budget : plan.counted()) {
            budget.ends(traceId, at);
            releaseAt(at, budget);
        }
    }
}
