package io.prunella.executor.run;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.lock.ClaimRequest;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Says what an {@code execute} works on, and what a heal must claim before it works on anything. */
final class Targets {

    /** A target, or why there is none. */
    sealed interface Answer {

        record Of(String entity) implements Answer {}

        record None(Outcome.Refused why) implements Answer {}
    }

    private Targets() {}

    static Answer of(Step.Target target, HealOrder order, Resolver resolver) {
        return switch (target) {
            case Step.Target.Self _ -> named(order.entity());
            case Step.Target.Parent _ -> order.ancestors().isEmpty()
                    ? none(FailureCode.BAD_TARGET, "`" + order.entity() + "` has no parent in the topology")
                    : named(order.ancestors().getFirst());
            case Step.Target.Named(var template) -> {
                try {
                    yield named(resolver.text(template));
                } catch (MissingValue missing) {
                    yield none(FailureCode.MISSING_VALUE, missing.why());
                }
            }
            case Step.Target.Nodes _ ->
                none(FailureCode.NOT_AVAILABLE, "`target: nodes where …` is not available yet");
        };
    }

    /** What is to be claimed, in an order that is the same for every heal; what lies below another is left out. */
    static List<ClaimRequest> claims(HealOrder order, Resolver resolver, String executorId) {
        var plan = order.plan();
        Map<String, List<String>> targets = new TreeMap<>();
        plan.everyStep().forEach(step -> {
            if (step instanceof Step.Execute execute
                    && of(execute.target(), order, resolver) instanceof Answer.Of(var entity)) {
                targets.put(entity, ancestors(entity, order));
            }
        });
        boolean destructive = executed(order).anyMatch(name -> plan.action(name).map(a -> a.destructive())
                .orElse(false));
        List<ClaimRequest> claims = new ArrayList<>();
        targets.forEach((entity, ancestors) -> {
            if (ancestors.stream().noneMatch(targets::containsKey)) {
                claims.add(new ClaimRequest(entity, ancestors, order.traceId(), plan.rule(), executorId,
                        order.planDigest(), destructive));
            }
        });
        return claims;
    }

    private static Stream<String> executed(HealOrder order) {
        return order.plan().everyStep().map(step -> step instanceof Step.Execute execute ? execute.action() : "")
                .filter(name -> !name.isEmpty());
    }

    private static List<String> ancestors(String entity, HealOrder order) {
        int at = order.ancestors().indexOf(entity);
        if (at < 0 && !entity.equals(order.entity())) {
            return List.of();
        }
        // A topology with a circle in it must not make anything its own ancestor.
        return order.ancestors().stream().skip(entity.equals(order.entity()) ? 0 : at + 1L)
                .filter(ancestor -> !ancestor.equals(entity)).toList();
    }

    private static Answer named(String entity) {
        return entity.isBlank()
                ? none(FailureCode.BAD_TARGET, "the target is empty, and nothing empty means all")
                : new Answer.Of(entity);
    }

    private static Answer none(FailureCode code, String message) {
        return new Answer.None(new Outcome.Refused(code, message));
    }

    /** Why a plan cannot be started, as far as that can be told before anything is done. */
    static Optional<Outcome.Refused> unavailable(HealOrder order) {
        var plan = order.plan();
        return Stream.concat(plan.then().stream(), plan.rollback().stream()).flatMap(Step::andInside)
                .flatMap(step -> unavailable(step).stream()).findFirst();
    }

    /** Why a step cannot be run by this version, if it cannot. */
    static Optional<Outcome.Refused> unavailable(Step step) {
        var what = switch (step) {
            case Step.Approve _ -> "approve(…)";
            case Step.Ticket _ -> "ticket(…)";
            case Step.Execute execute when execute.target() instanceof Step.Target.Nodes -> "target: nodes where …";
            case Step.Execute _,Step.Collect _,Step.Notify _,Step.Emit _,Step.Wait _,Step.WaitUntil _,Step.Parallel _ ->
                "";
        };
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(FailureCode.NOT_AVAILABLE,
                        "`" + what + "` in step `" + step.settings().id() + "` is not available yet"));
    }
}
