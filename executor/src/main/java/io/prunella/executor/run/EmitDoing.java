package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Datum;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.RunningAttempt;
import io.prunella.plan.HealOrder;
import java.util.Map;
import java.util.function.Consumer;

/** An event that is fed back. Twice is better than never, so it is idempotent. */
record EmitDoing(Emitter emitter, HealOrder order, String eventType, Map<String, Datum> attributes) implements Doing {

    @Override
    public String name() {
        return "emit";
    }

    @Override
    public String by() {
        return eventType;
    }

    @Override
    public String target() {
        return order.entity();
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public void stopLeftover() {}

    @Override
    public CheckAnswer check() {
        return new CheckAnswer.CannotTell("an event is emitted whenever it is due");
    }

    @Override
    public RunningAttempt start(Consumer<OutputLine> output, Consumer<Outcome> ended) {
        ended.accept(emitter.emit(order, eventType, attributes));
        return () -> {};
    }
}
