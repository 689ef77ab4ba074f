package io.prunella.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that one firing of a rule may do, complete in itself: an executor needs nothing of the pack.
 *
 * @param rule the rule's name
 * @param pack name and version, e.g. {@code linux_base 1.4.0}
 * @param then what heals
 * @param verify how healing is proved; absent when the rule has none
 * @param after what follows a proved heal, or {@code then} when there is no {@code verify}
 * @param rollback what undoes
 * @param escalate what is done when nothing healed
 * @param actions every action that a step names and every one that is a fall-back, by name, each once
 */
public record ExecutionPlan(String rule, String pack, List<Step> then, Optional<Verify> verify, List<Step> after,
        List<Step> rollback, List<Step> escalate, List<ActionSpec> actions, List<ChannelSpec> channels) {

    /** The version of this shape; readers refuse a newer one. */
    public static final int SCHEMA = 1;

    public ExecutionPlan {
        requireNonNull(rule);
        requireNonNull(pack);
        then = List.copyOf(then);
        requireNonNull(verify);
        after = List.copyOf(after);
        rollback = List.copyOf(rollback);
        escalate = List.copyOf(escalate);
        actions = List.copyOf(actions);
        channels = List.copyOf(channels);
    }

    /** The declaration that a step's action refers to. */
    public Optional<ActionSpec> action(String name) {
        return actions.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** Whether it touches anything, so that it needs claims. */
    public boolean executes() {
        return then.stream().flatMap(Step::andInside).anyMatch(step -> step instanceof Step.Execute);
    }

    /** Every step of every phase, those inside a {@code parallel} too. */
    public Stream<Step> everyStep() {
        return Stream.of(then, after, rollback, escalate).flatMap(List::stream).flatMap(Step::andInside);
    }
}
