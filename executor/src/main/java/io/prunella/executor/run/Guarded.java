package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.RunningAttempt;
import java.util.function.Consumer;

/**
 * The fence between drivers and heals: a driver that throws, which is a bug of the driver, costs one attempt and not
 * the executor.
 */
final class Guarded {

    private Guarded() {}

    static CheckAnswer check(Doing doing, boolean leftOpen) {
        try {
            if (leftOpen) {
                doing.stopLeftover();
            }
            return doing.check();
        } catch (RuntimeException bug) {
            return new CheckAnswer.CannotTell(broken(doing, bug));
        }
    }

    static RunningAttempt start(Doing doing, Consumer<OutputLine> output, Consumer<Outcome> ended) {
        try {
            return doing.start(output, ended);
        } catch (RuntimeException bug) {
            // It may have begun something before it broke.
            ended.accept(new Outcome.Unknown(broken(doing, bug)));
            return () -> {};
        }
    }

    private static String broken(Doing doing, RuntimeException bug) {
        return "the driver `" + doing.by() + "` broke: " + bug;
    }
}
