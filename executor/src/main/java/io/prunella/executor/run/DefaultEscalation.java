package io.prunella.executor.run;

import io.prunella.plan.ChannelSpec;
import io.prunella.plan.Step;
import io.prunella.plan.Template;
import java.util.List;
import java.util.Optional;

/** What is told of a heal that went wrong and whose rule doesn't say whom to tell. */
final class DefaultEscalation {
    private DefaultEscalation() {}

    static Step step(ChannelSpec channel) {
        var text = new Template(List.of(lookup("rule"), literal(" could not heal "), lookup("entity"), literal(": "),
                lookup("result"), literal(" (trace "), lookup("trace_id"), literal(")")));
        return new Step.Notify(channel.name(), text, new Step.StepSettings("escalate[default]", 60_000, 2,
                new Step.Backoff(1_000, 2, 30_000), Step.OnFailure.CONTINUE, Optional.empty()));
    }

    private static Template.Part literal(String text) {
        return new Template.Part.Literal(text);
    }

    private static Template.Part lookup(String root) {
        return new Template.Part.Lookup(root, List.of());
    }
}
