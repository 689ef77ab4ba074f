package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.HealOrder;
import io.prunella.ruler.Firing;
import io.prunella.ruler.decision.PlanLength;
import io.prunella.ruler.decision.Targets;
import io.prunella.ruler.simulation.SimulationReport;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps and counts the firings of one pack while they come. */
final class Tally {
    private static final double DAY_MILLIS = 86_400_000;

    private final Map<String, RuleModel> rules = new HashMap<>();
    private final List<Fired> fired = new ArrayList<>();
    private final Map<String, Long> perTarget = new HashMap<>();
    private final Pages calls = new Pages();
    private final InFlight inFlight = new InFlight();
    private long skipped;
    private long pages;
    private long heals;

    Tally(PackModel pack) {
        pack.rules().forEach(rule -> rules.put(rule.name(), rule));
    }

    void add(Firing firing) {
        fired.add(Fired.of(firing));
        RuleModel rule = rules.get(firing.rule());
        if (rule != null) {
            pages += calls.of(firing, rule);
        }
        Optional<HealOrder> through = firing.healOrder();
        if (through.isEmpty()) {
            skipped++;
            return;
        }
        HealOrder order = through.get();
        List<String> targets = Targets.of(order);
        targets.forEach(target -> perTarget.merge(target, 1L, Long::sum));
        if (order.plan().executes()) {
            heals++;
            inFlight.start(firing.ts(), PlanLength.of(order.plan(), _ -> true).millis(), targets);
        }
    }

    /** In the order of their decisions. */
    List<Fired> fired() {
        return fired;
    }

    Totals totals(SimulationReport seen, Topology topology) {
        double days = seen.first().isEmpty()
                ? 1
                : Math.max(1, (seen.last().orElseThrow() - seen.first().orElseThrow()) / DAY_MILLIS);
        return new Totals(fired.size(), skipped, fired.size() / days,
                perTarget.entrySet().stream()
                        .min(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(most -> new Totals.Target(most.getKey(), most.getValue())),
                pages, heals, inFlight.most(topology, seen.entities()));
    }
}
