package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.RunningAttempt;
import java.util.function.Consumer;

/** What an attempt of a step does, all values looked up: an action by one of its drivers, a message, an event. */
sealed interface Doing permits ActionDoing, TellingDoing {

    /** For people: the action's name, {@code notify}, or {@code emit}. */
    String name();

    /** The driver, the channel, or the event's type. */
    String by();

    String target();

    /** Whether it does no harm to do it once more. */
    boolean idempotent();

    /** Ends what the death of a process left running of it. May block. */
    void stopLeftover();

    /** May block. */
    CheckAnswer check();

    RunningAttempt start(Consumer<OutputLine> output, Consumer<Outcome> ended);
}
