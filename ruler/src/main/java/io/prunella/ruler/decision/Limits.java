package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Demand;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Refusal;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.compiler.rule.RuleModel.Per;
import io.prunella.plan.HealOrder;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Rule;
import io.prunella.ruler.topology.Entities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The counts of rules' limits: what a firing needs of them, and what it uses up. */
final class Limits {
    private final FrontIndex index;
    private final boolean serves;

    /** @param serves whether this is a server, which counts no fleet without an inventory */
    Limits(FrontIndex index, boolean serves) {
        this.index = index;
        this.serves = serves;
    }

    /** One count of one limit that a firing belongs to. */
    record Count(Limit limit, String key, String value, long room) {
        Need need() {
            return new Need(Refusal.LIMIT, key, room, "limit `" + limit.text() + "` is used up"
                    + (value.isEmpty() ? "" : " for `" + value + "`"));
        }

        /** Until when a firing counts. */
        long until(long now, long planEnds) {
            return switch (limit) {
                case Limit.Rate rate -> now + rate.windowMillis();
                case Limit.AtOnce _,Limit.OfFleet _ -> planEnds;
            };
        }
    }

    List<Count> counts(Rule rule, HealOrder order, List<String> targets) {
        List<Count> counts = new ArrayList<>();
        for (Limit limit : rule.model().limits()) {
            String key = rule.pack().name() + "\n" + rule.model().name() + "\n" + limit.text() + "\n";
            switch (limit) {
                case Limit.Rate rate -> values(rate.per(), order, targets)
                        .forEach(value -> counts.add(new Count(limit, key + value, value, rate.count())));
                case Limit.AtOnce atOnce -> values(atOnce.per(), order, targets)
                        .forEach(value -> counts.add(new Count(limit, key + value, value, atOnce.count())));
                case Limit.OfFleet of -> targets.stream().map(Entities::kind).distinct()
                        .forEach(kind -> counts
                                .add(new Count(limit, key + kind, kind, room(of.fraction(), fleet(kind)))));
            }
        }
        return counts;
    }

    /** What of a rule's limits refuses whatever has been used: a server knows no part of a fleet without an inventory. */
    List<Need> refusals(Rule rule) {
        return !serves || index.topology().hasInventory()
                ? List.of()
                : rule.model().limits().stream().filter(Limit.OfFleet.class::isInstance)
                        .map(limit -> new Need(Refusal.LIMIT, "no inventory\n" + limit.text(), Demand.UNCOUNTED,
                                "limit `" + limit.text() + "` has no inventory to count the fleet by: set "
                                        + "`topology.file`"))
                        .toList();
    }

    private List<String> values(Per per, HealOrder order, List<String> targets) {
        return switch (per) {
            case Per.Rule _ -> List.of("");
            case Per.PerSubject _ -> List.of(order.subject().toString());
            case Per.Label label -> targets.stream().map(target -> label(order, target, label.name())).distinct()
                    .toList();
        };
    }

    /** A label of a target as it is now, its subject's own labels for good; the empty string where it has none. */
    String label(HealOrder order, String target, String name) {
        if (name.equals("entity")) {
            return target;
        }
        if (target.equals(order.entity()) && order.subject().containsKey(name)) {
            return order.subject().getOrDefault(name, "");
        }
        return target.equals(order.entity()) && !order.subject().containsKey("entity")
                ? order.labels().getOrDefault(name, "")
                : index.questions().labelOf(target, name);
    }

    /** The part of so many, in whole ones, never below one; decimal, so that 29 % of 100 are 29. */
    static long room(double fraction, long size) {
        return Math.max(1, BigDecimal.valueOf(fraction).multiply(BigDecimal.valueOf(size))
                .setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /** How many there are of a kind: in the inventory, and without one, of those seen. */
    long fleet(String kind) {
        return index.topology().hasInventory()
                ? index.topology().inventory(kind).size()
                : index.questions().seen(kind);
    }
}
