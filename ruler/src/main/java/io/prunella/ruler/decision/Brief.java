package io.prunella.ruler.decision;

import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SeverityRank;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Mode;
import io.prunella.plan.PlanJson;
import io.prunella.plan.Step;
import io.prunella.plan.Step.Target;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.ServerGuards;
import io.prunella.ruler.index.Rule;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all firings of a rule have in common, worked out once when it comes in force. */
final class Brief {
    private final Rule rule;
    /** Of the pack that it was made from. */
    private final RuleModel model;
    private final Mode mode;
    private final int severity;
    private final String planDigest;
    private final TraceIds.Stem trace;
    private final OptionalLong cooldown;
    private final boolean executes;
    private final boolean onItself;
    private final List<String> actions;
    private final PlanLength.@Nullable Course course;

    Brief(Rule rule, RulerSettings settings) {
        RuleModel model = rule.model();
        ExecutionPlan plan = model.plan();
        this.rule = rule;
        this.model = model;
        this.mode = settings.mode().least(model.mode().orElse(settings.defaultMode()));
        this.severity = SeverityRank.of(model.severity());
        this.planDigest = Digests.hex(PlanJson.write(plan));
        this.trace = TraceIds.stem(rule);
        OptionalLong own = model.cooldownMillis();
        this.cooldown = own.isPresent()
                ? own
                : settings.guards().map(ServerGuards::cooldownMillis).map(OptionalLong::of).orElse(own);
        this.executes = plan.executes();
        this.onItself = plan.then().stream().flatMap(Step::andInside).allMatch(
                step -> !(step instanceof Step.Execute execute) || execute.target() instanceof Target.Self);
        this.actions = Plans.actions(plan);
        boolean always = Stream.concat(plan.then().stream(), plan.after().stream()).flatMap(Step::andInside)
                .allMatch(step -> step.settings().when().isEmpty());
        this.course = always ? PlanLength.of(plan, _ -> true) : null;
    }

    /** Whether all that it was made from is still the same, its rule having been kept. */
    boolean stands() {
        RuleModel now = rule.model();
        return model.plan().equals(now.plan()) && model.severity().equals(now.severity())
                && model.mode().equals(now.mode()) && model.cooldownMillis().equals(now.cooldownMillis());
    }

    Rule rule() {
        return rule;
    }

    /** The effective mode. */
    Mode mode() {
        return mode;
    }

    /** The rank of its severity, higher is graver. */
    int severity() {
        return severity;
    }

    /** SHA-256 of the plan's JSON, in hex. */
    String planDigest() {
        return planDigest;
    }

    TraceIds.Stem trace() {
        return trace;
    }

    /** The rule's own, else the server's. */
    OptionalLong cooldown() {
        return cooldown;
    }

    /** Whether its plan runs any action, so that it claims its targets. */
    boolean executes() {
        return executes;
    }

    /** Whether a firing can be refused for nothing of its own: it claims, counts and cools down nothing. */
    boolean needsNothing() {
        return !executes && cooldown.isEmpty() && rule.model().limits().isEmpty();
    }

    /** Names of the actions that its {@code then} runs. */
    List<String> actions() {
        return actions;
    }

    /** Whom the plan of a firing works on. */
    List<String> targets(HealOrder order) {
        return onItself ? List.of(order.entity()) : Targets.of(order);
    }

    /** How its plan goes, where that depends on no {@code if:}. */
    PlanLength.@Nullable Course course() {
        return course;
    }
}
