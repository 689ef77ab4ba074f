package io.prunella.control.proof;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.plan.HealResult;
import io.prunella.ruler.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a firing was not suppressed by the rule that a test expects as its cause. */
final class ExpectedCause {
    private final PackModel pack;
    private final Topology topology;
    private final List<Seen> seen;
    private final Reasons reasons;

    ExpectedCause(PackModel pack, Topology topology, List<Seen> seen, Reasons reasons) {
        this.pack = pack;
        this.topology = topology;
        this.seen = seen;
        this.reasons = reasons;
    }

    /** One line for each thing that stood against it, the first of them alone where it makes all others moot. */
    List<String> whyNot(Seen firing, String cause) {
        if (pack.rules().stream().noneMatch(rule -> rule.name().equals(cause))) {
            return List.of("there is no rule `" + cause + "`"
                    + Closest.question(cause, pack.rules().stream().map(RuleModel::name).toList())
                            .map(question -> ", " + question).orElse(""));
        }
        if (pack.suppressions().isEmpty()) {
            return List.of("the pack has no `suppress`, and without one nothing is suppressed");
        }
        String entity = firing.firing().entity();
        List<String> above = topology.ancestors(entity);
        if (above.isEmpty()) {
            return List.of("nothing stands above `" + entity + "`: " + (topology.hasInventory()
                    ? topology.contains(entity)
                            ? "the topology gives it no parents"
                            : "the topology does not name it"
                    : "the test has no topology (`prunella test --topology FILE`)"));
        }
        Optional<Seen> instead = seen.stream().filter(other -> firing.firing().suppression()
                .equals("suppressed_by_" + other.firing().traceId())).findFirst();
        if (instead.isPresent()) {
            return List.of("what suppressed it is `" + instead.get().firing().rule() + "` on `"
                    + instead.get().firing().entity() + "`");
        }
        return causes(firing, cause, above);
    }

    private List<String> causes(Seen firing, String cause, List<String> above) {
        List<Seen> fired = seen.stream().filter(other -> other.firing().rule().equals(cause)
                && other.firing().ts() <= firing.firing().ts()).toList();
        if (fired.isEmpty()) {
            return List.of("`" + cause + "` had not fired by then");
        }
        List<Seen> standing = fired.stream().filter(other -> above.contains(other.firing().entity())).toList();
        if (standing.isEmpty()) {
            return List.of("`" + cause + "` had fired on " + entities(fired) + ", but above `"
                    + firing.firing().entity() + "` stands only `" + String.join("`, `", above) + "`");
        }
        if (standing.stream().allMatch(
                other -> other.firing().skipped().filter(r -> r == HealResult.SKIPPED_SUPPRESSED).isPresent())) {
            return List.of("`" + cause + "` on " + entities(standing)
                    + " was suppressed itself, and what is suppressed is no cause");
        }
        List<String> spared = reasons.spared(firing.firing());
        return spared.isEmpty()
                ? List.of("`" + cause + "` on " + entities(standing)
                        + " had ended, and the window of every `suppress` was over")
                : spared;
    }

    private static String entities(List<Seen> firings) {
        return firings.stream().map(other -> "`" + other.firing().entity() + "`").distinct()
                .collect(Collectors.joining(", "));
    }
}
