package io.prunella.executor.run;

import io.prunella.executor.driver.ActionDriver;
import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.RunningAttempt;
import io.prunella.executor.lock.Lease;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An action by one of its drivers.
 *
 * @param driver empty where this process has none of that name
 */
record ActionDoing(Optional<ActionDriver> driver, String driverName, Attempt attempt, List<Lease> leases)
        implements
            Doing {

    @Override
    public String name() {
        return attempt.action().name();
    }

    @Override
    public String by() {
        return driverName;
    }

    @Override
    public String target() {
        return attempt.target();
    }

    @Override
    public boolean idempotent() {
        return attempt.action().idempotent();
    }

    @Override
    public void stopLeftover() {
        driver.ifPresent(d -> d.stopLeftover(attempt));
    }

    @Override
    public CheckAnswer check() {
        if (driver.isEmpty()) {
            return new CheckAnswer.Refused(noDriver());
        }
        var refusal = driver.get().prepare(attempt);
        return refusal.isPresent() ? new CheckAnswer.Refused(refusal.get()) : driver.get().check(attempt);
    }

    /** Why nothing can be done where there is no driver. */
    Outcome.Refused noDriver() {
        return driverName.isEmpty()
                ? new Outcome.Refused(FailureCode.NOT_DECLARED,
                        "no action named `" + attempt.action().name() + "` is declared")
                : new Outcome.Refused(FailureCode.NOT_AVAILABLE, "the driver `" + driverName + "` of action `"
                        + attempt.action().name() + "` is not available yet");
    }

    /** Asked of the real store before every attempt: for drivers without tokens it is what keeps two from acting. */
    Optional<String> lostClaim() {
        return leases.stream().filter(lease -> !lease.valid()).map(Lease::target).findFirst();
    }

    @Override
    public RunningAttempt start(Consumer<OutputLine> output, Consumer<Outcome> ended) {
        return driver.orElseThrow().start(attempt, output, ended);
    }
}
