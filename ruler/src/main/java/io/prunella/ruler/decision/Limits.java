package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Budget;
import io.prunella.compiler.drools.Refusal;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.compiler.rule.RuleModel.Per;
import io.prunella.plan.HealOrder;
import io.prunella.ruler.decision.DecisionSession.Need;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Rule;
import io.prunella.ruler.topology.Entities;
import java.math.BigDecimal;
import io.prunella.ruler.topology.Entities;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The counts of rules' limits: what a firing needs of them, and what it uses up. */
final class Limits {
    private final FrontIndex index;
    private final DecisionSession session;
    private final Map<String, Budget> budgets = new HashMap<>();

    Limits(FrontIndex index, DecisionSession session) {
        this.index = index;
        this.session = session;
    }

    /** One count of one limit that a firing belongs to. */
    private record Count(Limit limit, String key, long room) {}

    /** What has to have room for a firing. */
    List<Need> needs(Rule rule, HealOrder order, List<String> targets) {
        return counts(rule, order, targets).stream().map(count -> new Need(Refusal.LIMIT, count.key(), count.room()))
                .toList();
    }

    /**
     * A firing was let through.
     *
     * @param planEnds the first instant at which its plan is no longer in flight; {@link Long#MAX_VALUE} when its end will be
     *        told
     * @return what it used, with the instants at which that is free again
     */
    List<Used> use(Rule rule, HealOrder order, List<String> targets, long now, long planEnds) {
        List<Used> used = new ArrayList<>();
        for (Count count : counts(rule, order, targets)) {
            long until = switch (count.limit()) {
                case Limit.Rate rate -> now + rate.windowMillis();
                case Limit.AtOnce _,Limit.OfFleet _ -> planEnds;
            };
            if (until > now) {
                Budget budget = budgets.computeIfAbsent(count.key(), Budget::new);
                budget.use(until, order.traceId());
                session.use(budget);
                used.add(new Used(budget, until));
            }
        }
        return used;
    }

    record Used(Budget budget, long until) {}

    /** Forgets a count of which nothing counts any more. */
    void release(Budget budget, long now) {
        if (budget.idle(now) && budgets.remove(budget.getKey(), budget)) {
            session.withdraw(budget);
        }
    }

    private List<Count> counts(Rule rule, HealOrder order, List<String> targets) {
        List<Count> counts = new ArrayList<>();
        for (Limit limit : rule.model().limits()) {
            String key = rule.pack().name() + "\n" + rule.model().name() + "\n" + limit.text() + "\n";
            switch (limit) {
                case Limit.Rate rate -> values(rate.per(), order, targets)
                        .forEach(value -> counts.add(new Count(limit, key + value, rate.count())));
                case Limit.AtOnce atOnce -> values(atOnce.per(), order, targets)
                        .forEach(value -> counts.add(new Count(limit, key + value, atOnce.count())));
                case Limit.OfFleet of -> targets.stream().map(Entities::kind).distinct()
                        .forEach(kind -> counts.add(new Count(limit, key + kind, room(of, fleet(kind)))));
            }
        }
        return counts;
    }

    private List<String> values(Per per, HealOrder order, List<String> targets) {
        return switch (per) {
            case Per.Rule _ -> List.of("");
            case Per.PerSubject _ -> List.of(order.subject().toString());
            case Per.Label label -> targets.stream().map(target -> label(order, target, label.name())).distinct()
                    .toList();
        };
    }

    /** A label of a target; the empty string where it has none. */
    String label(HealOrder order, String target, String name) {
        if (name.equals("entity")) {
            return target;
        }
        return target.equals(order.entity()) && !order.subject().containsKey("entity")
                ? order.labels().getOrDefault(name, "")
                : index.questions().labelOf(target, name);
    }

    /** The part of so many, in whole ones, never below one; decimal, so that 29 % of 100 are 29. */
    static long room(Limit.OfFleet of, long size) {
        return Math.max(1, BigDecimal.valueOf(of.fraction()).multiply(BigDecimal.valueOf(size))
                .setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /** How many there are of a kind: in the inventory, and without one, of those seen. */
    private long fleet(String kind) {
        return index.topology().hasInventory()
                ? index.topology().inventory(kind).size()
                : index.questions().seen(kind);
    }
}
