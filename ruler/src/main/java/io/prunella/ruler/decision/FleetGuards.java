package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Demand;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Refusal;
import io.prunella.plan.DurationText;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import io.prunella.ruler.ServerGuards;
import io.prunella.ruler.topology.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What a server denies of destructive plans, and of all plans in a storm. */
final class FleetGuards {
    private final ServerGuards guards;
    private final Limits limits;
    private final Consumer<String> notices;
    private final Storms storms;
    /** Targets in quarantine, and until when. */
    private final Map<String, Long> quarantined = new HashMap<>();

    FleetGuards(ServerGuards guards, Limits limits, Consumer<String> notices) {
        this.guards = guards;
        this.limits = limits;
        this.notices = notices;
        this.storms = new Storms(guards.storm(), limits::fleet);
    }

    Storms storms() {
        return storms;
    }

    /** One count that a plan belongs to; {@code windowMillis} is empty where it counts until the plan ends. */
    record Count(Need need, OptionalLong windowMillis) {
        long until(long now, long planEnds) {
            return windowMillis.isPresent() ? now + windowMillis.getAsLong() : planEnds;
        }
    }

    /** What has to have room for a destructive plan. */
    List<Count> counts(HealOrder order, List<String> targets) {
        List<Count> counts = new ArrayList<>();
        if (!destructive(order)) {
            return counts;
        }
        for (String kind : targets.stream().map(Entities::kind).distinct().toList()) {
            long room = room(kind);
            counts.add(count("destructive\n" + kind, room, "guards.destructive_in_flight: " + room + " of `" + kind
                    + "` at most", OptionalLong.empty()));
        }
        guards.perDomain().forEach((label, room) -> targets.stream()
                .map(target -> limits.label(order, target, label)).filter(value -> !value.isEmpty()).distinct()
                .forEach(value -> counts.add(count("domain\n" + label + "\n" + value, room,
                        "guards.per_domain: " + room + " per " + label + ", and `" + value + "` has it",
                        OptionalLong.empty()))));
        for (String target : targets) {
            counts.add(count(perTarget(target), guards.perTarget().count(),
                    "guards.per_target: " + guards.perTarget().count() + " per "
                            + DurationText.of(guards.perTarget().windowMillis()) + " on `" + target + "`",
                    OptionalLong.of(guards.perTarget().windowMillis())));
        }
        return counts;
    }

    private static Count count(String key, long room, String says, OptionalLong windowMillis) {
        return new Count(new Need(Refusal.GUARD, "fleet\n" + key, room, says), windowMillis);
    }

    private static String perTarget(String target) {
        return "target\n" + target;
    }

    private long room(String kind) {
        long most = guards.destructive().most();
        return Math.max(1, guards.destructive().part().map(part -> Math.min(most,
                Limits.room(part, limits.fleet(kind)))).orElse(most));
    }

    /** Whether any action of its steps is declared destructive. */
    private static boolean destructive(HealOrder order) {
        return order.plan().everyStep().anyMatch(step -> step instanceof Step.Execute execute
                && order.plan().action(execute.action()).filter(action -> action.destructive()).isPresent());
    }

    /** What is denied to a plan that runs an action, whatever it is. */
    List<Need> denials(HealOrder order, List<String> targets, long now) {
        List<Need> denials = new ArrayList<>();
        if (!order.plan().executes()) {
            return denials;
        }
        for (String target : targets) {
            if (now < quarantined.getOrDefault(target, Long.MIN_VALUE)) {
                denials.add(denial("quarantine\n" + target, "`" + target + "` is in quarantine"));
            }
        }
        for (String kind : targets.stream().map(Entities::kind).distinct().toList()) {
            if (storms.raging(kind, now)) {
                denials.add(denial("storm\n" + kind, "guards.storm: too many of `" + kind + "` are unhealthy"));
            }
        }
        return denials;
    }

    private static Need denial(String key, String says) {
        return new Need(Refusal.GUARD, "fleet\n" + key, Demand.UNCOUNTED, says);
    }

    /** A plan was refused: a target that was worked on often enough goes to quarantine, and people hear of it. */
    void refused(Demand demand, HealOrder order, List<String> targets, long now) {
        for (String target : targets) {
            if (demand.getKey().equals("fleet\n" + perTarget(target))) {
                long until = now + guards.perTarget().windowMillis();
                quarantined.put(target, until);
                storms.ill(target, now);
                storms.well(target, until);
                notices.accept("`" + target + "` is in quarantine for "
                        + DurationText.of(guards.perTarget().windowMillis()) + ": `" + order.plan().rule()
                        + "` would be more than " + guards.perTarget().count() + " destructive heals of it per "
                        + DurationText.of(guards.perTarget().windowMillis()) + ", look at it yourself");
            }
        }
    }
}
