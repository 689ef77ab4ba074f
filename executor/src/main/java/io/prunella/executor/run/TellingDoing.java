package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.RunningAttempt;
import java.util.function.Consumer;

/**
 * Something that is told: a message to a channel, an event that is fed back. Twice is better than never, so it is
 * idempotent; what is on its way cannot be called back.
 *
 * @param by the channel, or the event's type
 * @param what for people, as the beginning of a sentence, ``a message is sent``
 * @param tell tells it, and then what came of that
 */
record TellingDoing(String name, String by, String target, String what, Consumer<Consumer<Outcome>> tell)
        implements
            Doing {

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public void stopLeftover() {}

    @Override
    public CheckAnswer check() {
        return new CheckAnswer.CannotTell(what + " whenever it is due");
    }

    @Override
    public RunningAttempt start(Consumer<OutputLine> output, Consumer<Outcome> ended) {
        tell.accept(ended);
        return () -> {};
    }
}
