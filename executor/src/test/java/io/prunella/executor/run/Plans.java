package io.prunella.executor.run;

import io.prunella.plan.ActionSpec;
import io.prunella.plan.ChannelSpec;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Mode;
import io.prunella.plan.Step;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import io.prunella.plan.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Plans and orders for tests, as short as their rules would be. */
public final class Plans {
    public static final Step.Backoff TWO_SECONDS = new Step.Backoff(2_000, 2, 30_000);

    public List<Step> then = new ArrayList<>();
    public List<Step> after = new ArrayList<>();
    public List<Step> rollback = new ArrayList<>();
    public List<Step> escalate = new ArrayList<>();
    public List<ActionSpec> actions = new ArrayList<>();
    public List<ChannelSpec> channels = new ArrayList<>(List.of(new ChannelSpec("oncall", "log", Map.of())));
    public Optional<Verify> verify = Optional.empty();
    public Mode mode = Mode.AUTO;
    public String traceId = "0123456789abcdef0123456789abcdef";
    public String entity = "node-1";
    public List<String> ancestors = List.of("rack/r3");
    public Map<String, String> event = Map.of("reason", "timeout");
    public long firedAt;
    public long priority;

    public static Plans plan() {
        return new Plans();
    }

    public Plans then(Step... steps) {
        then.addAll(List.of(steps));
        return this;
    }

    public Plans after(Step... steps) {
        after.addAll(List.of(steps));
        return this;
    }

    public Plans rollback(Step... steps) {
        rollback.addAll(List.of(steps));
        return this;
    }

    public Plans escalate(Step... steps) {
        escalate.addAll(List.of(steps));
        return this;
    }

    public Plans actions(ActionSpec... specs) {
        actions.addAll(List.of(specs));
        return this;
    }

    public Plans verify(String condition, long withinMillis) {
        verify = Optional.of(new Verify(condition(condition), withinMillis, Optional.empty()));
        return this;
    }

    public Plans mode(Mode now) {
        mode = now;
        return this;
    }

    public HealOrder order() {
        var plan = new ExecutionPlan("reboot_unreachable_node", "linux_base 1.4.0", then, verify, after, rollback,
                escalate, actions, channels);
        return new HealOrder(traceId, plan, "digest", "pack", entity, ancestors, Map.of("entity", entity), "critical",
                mode, priority, firedAt, Map.of("rack", "r3"), event, Map.of("cpu_load", 0.97), Map.of());
    }

    public static ConditionRef condition(String text) {
        return new ConditionRef("reboot_unreachable_node", 0, text);
    }

    public static Step.StepSettings settings(String id) {
        return new Step.StepSettings(id, 45_000, 0, TWO_SECONDS, Step.OnFailure.ABORT, Optional.empty());
    }

    public static Step.StepSettings retry(String id, int retry) {
        return new Step.StepSettings(id, 45_000, retry, TWO_SECONDS, Step.OnFailure.ABORT, Optional.empty());
    }

    public static Step.StepSettings onFailure(String id, Step.OnFailure onFailure) {
        return new Step.StepSettings(id, 45_000, 0, TWO_SECONDS, onFailure, Optional.empty());
    }

    public static Step.StepSettings onlyIf(String id, String condition) {
        return new Step.StepSettings(id, 45_000, 0, TWO_SECONDS, Step.OnFailure.ABORT,
                Optional.of(condition(condition)));
    }

    public static Step execute(String action, Step.StepSettings settings) {
        return new Step.Execute(action, Map.of(), new Step.Target.Self(), settings);
    }

    public static Step execute(String action) {
        return execute(action, settings(action));
    }

    public static Step notifyOncall(String id, Template text) {
        return new Step.Notify("oncall", text, settings(id));
    }

    public static Step waiting(String id, long millis) {
        return new Step.Wait(millis, settings(id));
    }

    public static Template.Part lookup(String root, String... path) {
        return new Template.Part.Lookup(root, List.of(path));
    }

    public static Template template(Template.Part... parts) {
        return new Template(List.of(parts));
    }

    public static Template.Part text(String text) {
        return new Template.Part.Literal(text);
    }

    public static Value.Items argv(String... words) {
        return new Value.Items(List.of(words).stream().<Value>map(w -> new Value.Text(Template.literal(w))).toList());
    }

    public static ActionSpec action(String name, boolean idempotent, String... drivers) {
        return action(name, idempotent, Map.of(), "", drivers);
    }

    public static ActionSpec action(String name, boolean idempotent, Map<String, Value> properties, String folder,
            String... drivers) {
        return new ActionSpec(name, List.of(),
                List.of(drivers).stream().map(d -> new ActionSpec.Use(d, List.of())).toList(), properties,
                Optional.empty(), idempotent, false, List.of(), List.of(), Optional.empty(), List.of(), Map.of(),
                new ActionSpec.Sandbox(Optional.empty(), Optional.empty(), OptionalInt.empty(), false, false), name,
                folder);
    }
}
