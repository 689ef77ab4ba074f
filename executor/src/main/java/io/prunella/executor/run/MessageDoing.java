package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.RunningAttempt;
import io.prunella.executor.notify.Channels;
import io.prunella.executor.notify.Message;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A message to a channel. Twice is better than never, so it is idempotent. */
record MessageDoing(Channels channels, Executor carrier, Message message) implements Doing {

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public String by() {
        return message.channel().name();
    }

    @Override
    public String target() {
        return message.order().entity();
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public void stopLeftover() {}

    @Override
    public CheckAnswer check() {
        return new CheckAnswer.CannotTell("a message is sent whenever it is due");
    }

    @Override
    public RunningAttempt start(Consumer<OutputLine> output, Consumer<Outcome> ended) {
        carrier.execute(() -> ended.accept(channels.send(message)));
        // A channel bounds its own time; what is on its way cannot be called back.
        return () -> {};
    }
}
