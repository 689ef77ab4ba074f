package io.prunella.ruler.index;

import io.prunella.ruler.index.WindowPlan.Asked;
import io.prunella.ruler.index.WindowPlan.Column;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Of which metrics some rule asks for windows, and for which. */
final class WindowPlans {
    private static final Column[] NONE = {};

    private @Nullable WindowPlan[] plans = new WindowPlan[0];
    private final BitSet kept = new BitSet();

    /**
     * Other windows are asked for.
     *
     * @param watches what rules ask of a metric, by its number
     * @return whether they are the same, perhaps for other rules
     */
    boolean renew(Set<Asked> all, IntFunction<@Nullable MetricWatch> watches) {
        Map<Integer, Set<Asked>> byMetric = new LinkedHashMap<>();
        all.forEach(one -> byMetric.computeIfAbsent(one.metric(), _ -> new LinkedHashSet<>()).add(one));
        WindowPlans old = new WindowPlans();
        old.plans = plans;
        plans = new WindowPlan[byMetric.keySet().stream().mapToInt(m -> m + 1).max().orElse(0)];
        kept.clear();
        byMetric.forEach((metric, wanted) -> {
            WindowPlan plan = WindowPlan.of(wanted, watches);
            WindowPlan known = old.of(metric);
            if (known != null && plan.sameFor(known)) {
                kept.set(metric);
                plans[metric] = known;
            } else {
                plans[metric] = plan;
            }
        });
        boolean same = true;
        for (int metric = 0; metric < Math.max(old.plans.length, plans.length); metric++) {
            WindowPlan wanted = of(metric);
            WindowPlan known = old.of(metric);
            same &= wanted == null ? known == null : wanted.same(known);
        }
        return same;
    }

    /** Whether the last renewal left everything of a metric as it was, whom it is asked for included. */
    boolean kept(int metric) {
        return kept.get(metric);
    }

    /** Whether any rule asks for a window. */
    boolean any() {
        return plans.length > 0;
    }

    /** What is asked of a metric; null when nothing is. */
    @Nullable
    WindowPlan of(int metric) {
        return metric < plans.length ? plans[metric] : null;
    }

    /** The same, where there may be nothing. */
    Column[] columns(int metric) {
        WindowPlan plan = of(metric);
        return plan == null ? NONE : plan.columns;
    }

    Column column(Asked one) {
        for (Column column : columns(one.metric())) {
            if (column.asked.derived() == one.derived()) {
                return column;
            }
        }
        throw new IllegalStateException("nobody asks for " + one);
    }
}
