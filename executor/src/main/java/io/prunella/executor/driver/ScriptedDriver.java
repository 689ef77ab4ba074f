package io.prunella.executor.driver;

import io.prunella.executor.schedule.Timers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does nothing but end as a script says: the driver of {@code test} blocks and simulations. */
public final class ScriptedDriver implements ActionDriver {
    private final Timers timers;
    private final Function<Attempt, Play> script;
    private final Function<Attempt, CheckAnswer> checks;

    /**
     * What an attempt comes to.
     *
     * @param outcome how it ends
     * @param afterMillis when; empty: it hangs until it is cancelled, and then ends so
     */
    public record Play(Outcome outcome, OptionalLong afterMillis) {

        /** Ends after a while, at once after 0. */
        public static Play ends(Outcome outcome, long afterMillis) {
            return new Play(outcome, OptionalLong.of(afterMillis));
        }

        /** Runs past any timeout. */
        public static Play hangs() {
            return new Play(new Outcome.TimedOut("stopped at its timeout"), OptionalLong.empty());
        }
    }

    /** Plays a script that is asked once for each start; no check can tell anything. */
    public ScriptedDriver(Timers timers, Function<Attempt, Play> script) {
        this(timers, script, _ -> new CheckAnswer.CannotTell("a scripted action has no check"));
    }

    public ScriptedDriver(Timers timers, Function<Attempt, Play> script, Function<Attempt, CheckAnswer> checks) {
        this.timers = timers;
        this.script = script;
        this.checks = checks;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Optional<Outcome.Refused> prepare(Attempt attempt) {
        return Optional.empty();
    }

    @Override
    public void stopLeftover(Attempt attempt) {}

    @Override
    public CheckAnswer check(Attempt attempt) {
        return checks.apply(attempt);
    }

    @Override
    public Preview preview(Attempt attempt) {
        return new Preview(List.of(), List.of(), List.of(),
                List.of("a scripted action changes nothing"), Optional.empty());
    }

    @Override
    public RunningAttempt start(Attempt attempt, Consumer<OutputLine> output, Consumer<Outcome> ended) {
        var play = script.apply(attempt);
        var over = new AtomicBoolean();
        Runnable end = () -> {
            if (!over.getAndSet(true)) {
                ended.accept(play.outcome());
            }
        };
        if (play.afterMillis().isEmpty()) {
            return end::run;
        }
        var timer = timers.schedule(timers.millis() + play.afterMillis().getAsLong(), end);
        return () -> {
            timer.cancel();
            if (!over.getAndSet(true)) {
                ended.accept(new Outcome.Unknown("cancelled"));
            }
        };
    }
}
