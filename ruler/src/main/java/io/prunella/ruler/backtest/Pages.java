package io.prunella.ruler.backtest;

import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.plan.ChannelSpec;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealResult;
import io.prunella.plan.Step;
import io.prunella.ruler.Firing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts how often somebody is called: by a message or ticket of the plan to a channel that calls people, by an
 * approval that is asked for, or by the escalation of a rule at its limit, which speaks once per window. A step's
 * {@code if:} counts as true. Mail and webhooks call nobody, nor does the channel {@code log} that every pack has; a
 * declared channel does even where it only logs so far, since it has the name of those that it will call.
 */
final class Pages {
    private static final String LOG = "log";
    /** Kinds of channels at which nobody is expected to look at once. */
    private static final Set<String> QUIET = Set.of("email", "webhook");
    private static final long USUAL_WINDOW_MILLIS = 3_600_000;

    private final Map<String, Long> quietUntil = new HashMap<>();

    /** How many pages a firing means: none or one. */
    int of(Firing firing, RuleModel rule) {
        ExecutionPlan plan = rule.plan();
        if (firing.skipped().isEmpty()) {
            return calls(plan, plan.then()) || calls(plan, plan.after()) ? 1 : 0;
        }
        boolean escalates = switch (firing.skipped().get()) {
            case SKIPPED_LIMIT, SKIPPED_GUARD, SKIPPED_BLIND -> calls(plan, plan.escalate());
            case HealResult _ -> false;
        };
        if (!escalates || firing.ts() < quietUntil.getOrDefault(rule.name(), Long.MIN_VALUE)) {
            return 0;
        }
        quietUntil.put(rule.name(), firing.ts() + window(rule));
        return 1;
    }

    private static long window(RuleModel rule) {
        return rule.limits().stream().mapToLong(limit -> switch (limit) {
            case Limit.Rate rate -> rate.windowMillis();
            case Limit.AtOnce _,Limit.OfFleet _ -> USUAL_WINDOW_MILLIS;
        }).max().orElse(USUAL_WINDOW_MILLIS);
    }

    private static boolean calls(ExecutionPlan plan, List<Step> steps) {
        return steps.stream().anyMatch(step -> switch (step) {
            case Step.Notify notify -> calls(plan, notify.channel());
            case Step.Ticket ticket -> calls(plan, ticket.channel());
            case Step.Approve _ -> true;
            case Step.Parallel parallel -> calls(plan, parallel.steps());
            case Step.Execute _,Step.Collect _,Step.Wait _,Step.WaitUntil _,Step.Emit _ -> false;
        });
    }

    private static boolean calls(ExecutionPlan plan, String channel) {
        return !channel.equals(LOG) && plan.channels().stream().filter(spec -> spec.name().equals(channel)).findFirst()
                .map(ChannelSpec::kind).filter(QUIET::contains).isEmpty();
    }
}
