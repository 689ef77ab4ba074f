package io.prunella.executor.run;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.notify.Message;
import io.prunella.plan.Step;
import io.prunella.plan.Value;
import java.util.List;
import java.util.Map;

/** Turns a step into what an attempt of it does, with every value looked up and every driver found. */
final class Doings {

    /** The ways to do it, in the order of {@code uses:}, at least one; or why there is none. */
    sealed interface Answer {

        record Of(List<Doing> ways) implements Answer {}

        record None(Outcome.Refused why) implements Answer {}
    }

    private final HealContext context;
    private final Phase phase;

    Doings(HealContext context, Phase phase) {
        this.context = context;
        this.phase = phase;
    }

    /**
     * What the n-th attempt does.
     *
     * @param step one that acts
     */
    Answer of(Step step, int attempt) {
        return switch (step) {
            case Step.Execute(var action, var arguments, var target, _) ->
                action(step, action, arguments, target, attempt, true);
            case Step.Collect(var action, var arguments, var target, _) ->
                action(step, action, arguments, target, attempt, false);
            case Step.Notify notify -> message(notify, attempt);
            case Step.Emit emit -> emission(emit);
            case Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Ticket _,Step.Parallel _ ->
                throw new IllegalStateException("no attempts are made of " + step);
        };
    }

    private Answer message(Step.Notify notify, int attempt) {
        var order = context.order();
        var channel = order.plan().channels().stream().filter(c -> c.name().equals(notify.channel())).findFirst()
                .or(() -> context.settings().defaultChannel().filter(c -> c.name().equals(notify.channel())));
        if (channel.isEmpty()) {
            return new Answer.None(new Outcome.Refused(FailureCode.NOT_DECLARED,
                    "no channel named `" + notify.channel() + "` is declared"));
        }
        var resolver = context.resolver(order.entity(), Map.of());
        try {
            // A page must go out whatever is missing.
            var text = phase == Phase.ESCALATE
                    ? resolver.textAtAnyPrice(notify.text())
                    : resolver.text(notify.text());
            var message = new Message(channel.get(), text, order,
                    context.actionId(phase.name(), notify.settings().id(), attempt), context.result());
            // A channel bounds its own time.
            return new Answer.Of(List.of(new TellingDoing("notify", channel.get().name(), order.entity(),
                    "a message is sent", ended -> context.ports().carrier()
                            .execute(() -> ended.accept(context.ports().channels().send(message))))));
        } catch (MissingValue missing) {
            return new Answer.None(new Outcome.Refused(FailureCode.MISSING_VALUE, missing.why()));
        }
    }

    private Answer emission(Step.Emit emit) {
        var order = context.order();
        try {
            var attributes = context.resolver(order.entity(), Map.of()).data(emit.attributes());
            return new Answer.Of(List.of(new TellingDoing("emit", emit.eventType(), order.entity(),
                    "an event is emitted",
                    ended -> ended.accept(context.ports().emitter().emit(order, emit.eventType(), attributes)))));
        } catch (MissingValue missing) {
            return new Answer.None(new Outcome.Refused(FailureCode.MISSING_VALUE, missing.why()));
        }
    }

    private Answer action(Step step, String name, Map<String, Value> arguments, Step.Target target, int number,
            boolean claims) {
        var order = context.order();
        return switch (Targets.of(target, order, context.resolver(order.entity(), Map.of()))) {
            case Targets.Answer.None(var why) -> new Answer.None(why);
            case Targets.Answer.Of(var entity) -> {
                try {
                    var attempt = new ActionDoings.Making(context.actionId(phase.name(), step.settings().id(), number),
                            number, claims ? context.token(entity) : FencingToken.NONE,
                            claims ? context.leases() : List.of());
                    yield new Answer.Of(new ActionDoings(context.ports().drivers(),
                            context.resolver(order.entity(), Map.of())).of(step.settings(), name, arguments, entity,
                                    attempt));
                } catch (MissingValue missing) {
                    yield new Answer.None(new Outcome.Refused(FailureCode.MISSING_VALUE, missing.why()));
                }
            }
        };
    }
}
