package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.run.StepMachine.Event;
import io.prunella.plan.Step.Backoff;

/** Turns what a driver said into what it means for the step. Pure. */
final class StepRules {

    /**
     * Where a step stands.
     *
     * @param retriesLeft further attempts that the rule allows
     * @param nextDriver whether {@code uses:} names one more
     * @param unsureBefore whether an earlier attempt may have taken effect
     * @param leftOpen whether the attempt in question was cut off by the end of a process
     */
    record Standing(boolean idempotent, int retriesLeft, boolean nextDriver, boolean unsureBefore, boolean leftOpen) {}

    private StepRules() {}

    static Event checked(CheckAnswer answer, Standing standing) {
        return switch (answer) {
            case CheckAnswer.InDesiredState _ -> standing.unsureBefore() ? Event.TOOK_EFFECT : Event.ALREADY;
            case CheckAnswer.WouldChange _,CheckAnswer.CannotTell _ -> Event.WANTED;
            case CheckAnswer.Refused(var why) -> refused(why, standing);
        };
    }

    static Event ended(Outcome outcome, Standing standing) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> Event.DONE;
            case Outcome.Failed(var code, _) ->
                standing.retriesLeft() > 0 && code.passing() ? Event.FAILED_AGAIN : Event.FAILED;
            case Outcome.Refused why -> refused(why, standing);
            case Outcome.TimedOut _,Outcome.Unknown _ -> unsure(standing);
        };
    }

    static Event unsure(Standing standing) {
        return standing.idempotent() && standing.retriesLeft() > 0 ? Event.UNSURE_AGAIN : Event.UNSURE;
    }

    /** An attempt whose effect nobody knew has been looked after. */
    static Event settled(CheckAnswer answer, Standing standing) {
        // What a crash cut off is not one of the attempts that the rule allows.
        boolean again = standing.leftOpen() || standing.retriesLeft() > 0;
        return switch (answer) {
            case CheckAnswer.InDesiredState _ -> Event.TOOK_EFFECT;
            case CheckAnswer.WouldChange _ -> again ? Event.SETTLED_AGAIN : Event.SETTLED_OUT;
            case CheckAnswer.CannotTell _,CheckAnswer.Refused _ -> {
                if (!standing.idempotent()) {
                    yield Event.UNSETTLED;
                }
                yield again ? Event.SETTLED_AGAIN : Event.SETTLED_OUT;
            }
        };
    }

    /** Whether an attempt that ended so may have left something behind. */
    static boolean mayHaveActed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _,Outcome.Failed _,Outcome.TimedOut _,Outcome.Unknown _ -> true;
            case Outcome.Refused _ -> false;
        };
    }

    /**
     * The pause before an attempt, in milliseconds.
     *
     * @param retry number of the retry, from 1
     */
    static long pause(Backoff backoff, int retry) {
        double raw = (double) backoff.firstMillis() * Math.pow(backoff.factor(), retry - 1.0);
        return (long) Math.min(raw, (double) backoff.maxMillis());
    }

    private static Event refused(Outcome.Refused why, Standing standing) {
        if (standing.nextDriver()) {
            return Event.REFUSED_NEXT;
        }
        return standing.retriesLeft() > 0 && why.code().passing() ? Event.REFUSED_AGAIN : Event.REFUSED;
    }
}
