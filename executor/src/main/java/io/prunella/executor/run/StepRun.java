package io.prunella.executor.run;

import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.RunningAttempt;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.executor.run.StepMachine.Effect;
import io.prunella.executor.run.StepMachine.Event;
import io.prunella.executor.run.StepMachine.State;
import io.prunella.executor.schedule.Timers;
import io.prunella.executor.schedule.Workers;
import io.prunella.plan.DurationText;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Performs what {@link StepMachine} says for one step. Lives in its heal's mailbox. */
final class StepRun implements Stoppable {

    /** How the step ended; {@code because} is for people, empty where there is nothing to say. */
    record End(StepResult result, String because, Map<String, String> returned) {}

    private final HealContext context;
    private final Phase phase;
    private final Step step;
    private final Consumer<End> done;
    private State state = State.READY;
    // Answers to questions of an earlier state are recognised by an older number and dropped.
    private int epoch;
    private int attempt = 1;
    private int way;
    private List<Doing> ways = List.of();
    private boolean unsureBefore;
    private boolean leftOpen;
    private String because = "";
    private Map<String, String> returned = Map.of();
    private Optional<Workers.Place> place = Optional.empty();
    private Optional<RunningAttempt> running = Optional.empty();
    private final List<Timers.Timer> timers = new ArrayList<>();
    private Optional<Conditions.Watch> watch = Optional.empty();

    StepRun(HealContext context, Phase phase, Step step, Consumer<End> done) {
        this.context = context;
        this.phase = phase;
        this.step = step;
        this.done = done;
    }

    void begin() {
        var unavailable = Targets.unavailable(step);
        if (unavailable.isPresent()) {
            because = text(unavailable.get());
            on(Event.REFUSED);
            return;
        }
        switch (step) {
            case Step.Wait _,Step.WaitUntil _ -> on(Event.BEGIN_WAIT);
            case Step.Execute _,Step.Collect _,Step.Notify _,Step.Approve _,Step.Emit _,Step.Ticket _,Step.Parallel _ ->
                beginAttempts();
        }
    }

    private void beginAttempts() {
        var last = context.replay().lastAttempt(phase, id());
        attempt = last.map(l -> l.intent().attempt()).orElse(1);
        unsureBefore = context.replay().mayHaveActed(phase, id());
        if (!lookUp()) {
            on(Event.REFUSED);
            return;
        }
        if (last.isEmpty()) {
            on(Event.BEGIN);
            return;
        }
        var intent = last.get().intent();
        way = Math.max(0, ways.stream().map(Doing::by).toList().indexOf(intent.driver()));
        if (last.get().outcome().isPresent()) {
            on(Event.LEFT_ENDED);
            follow(last.get().outcome().get());
        } else {
            leftOpen = true;
            unsureBefore = true;
            because = "attempt " + attempt + " was cut off by the end of the process";
            on(Event.LEFT_OPEN);
        }
    }

    /** Looks up what the attempt does; false if it can't be, and {@code because} says why. */
    private boolean lookUp() {
        return switch (new Doings(context, phase).of(step, attempt)) {
            case Doings.Answer.Of(var found) -> {
                ways = found;
                way = 0;
                yield true;
            }
            case Doings.Answer.None(var why) -> {
                because = text(why);
                yield false;
            }
        };
    }

    @Override
    public void cancel() {
        if (!StepMachine.TABLE.ends(state) && state != State.CANCELLING) {
            because = context.stopped().orElse("cancelled by nobody");
            on(Event.CANCEL);
        }
    }

    @Override
    public void abandon() {
        epoch++;
        timers.forEach(Timers.Timer::cancel);
        watch.ifPresent(Conditions.Watch::cancel);
        running.ifPresent(RunningAttempt::cancel);
        running = Optional.empty();
        giveBack();
    }

    private void on(Event event) {
        var row = StepMachine.TABLE.next(state, event);
        context.walked(row);
        state = row.to();
        epoch++;
        timers.forEach(Timers.Timer::cancel);
        timers.clear();
        row.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case TAKE_PLACE -> takePlace();
            case GIVE_BACK -> giveBack();
            case CHECK -> check(this::checked);
            case SETTLE -> check(this::settled);
            case NEXT_DRIVER -> way++;
            case START -> start();
            case STOP -> stop();
            case PAUSE -> pause();
            case WAIT -> startWaiting();
            case REPORT -> report();
        }
    }

    private void takePlace() {
        int asked = epoch;
        context.ports().workers().submit(context.order().priority(), given -> context.post(() -> {
            if (asked == epoch) {
                place = Optional.of(given);
                on(Event.PLACE);
            } else {
                given.giveBack();
            }
        }));
    }

    private void giveBack() {
        place.ifPresent(Workers.Place::giveBack);
        place = Optional.empty();
    }

    private void check(Consumer<CheckAnswer> then) {
        int asked = epoch;
        var doing = doing();
        boolean cutOff = leftOpen;
        context.aside(() -> {
            var lost = doing instanceof ActionDoing action ? action.lostClaim() : Optional.<String>empty();
            if (lost.isPresent()) {
                later(asked, () -> claimLost(lost.get()));
                return;
            }
            var answer = Guarded.check(doing, cutOff);
            later(asked, () -> {
                context.tell(new HealEvent.Checked(trace(), context.now(), actionId(), id(), answer));
                then.accept(answer);
            });
        });
    }

    private void claimLost(String target) {
        because = FailureCode.CLAIM_LOST.code() + " the claim on `" + target + "` was lost";
        on(state == State.SETTLING ? Event.UNSETTLED : Event.CLAIM_LOST);
    }

    private void checked(CheckAnswer answer) {
        if (answer instanceof CheckAnswer.Refused(var why)) {
            because = text(why);
        } else if (answer instanceof CheckAnswer.InDesiredState) {
            because = "the check found the desired state";
        }
        on(StepRules.checked(answer, standing()));
    }

    private void settled(CheckAnswer answer) {
        var event = StepRules.settled(answer, standing());
        because += switch (event) {
            case TOOK_EFFECT -> "; the check finds its effect";
            case SETTLED_AGAIN -> answer instanceof CheckAnswer.WouldChange
                    ? "; the check finds no effect"
                    : "; tried again, since the action is idempotent";
            case UNSETTLED -> "; whether it took effect is not known, and the action is not idempotent";
            default -> "";
        };
        if (leftOpen && event == Event.SETTLED_AGAIN) {
            // What was cut off is not counted among the attempts, so the pause that follows must not count it.
            attempt--;
        }
        leftOpen = false;
        on(event);
    }

    private void start() {
        var doing = doing();
        context.attempts(step);
        context.record(actionId(),
                new Fact.Intent(phase, id(), attempt, doing.name(), doing.by(), doing.target()));
        context.tell(new HealEvent.AttemptStarted(trace(), context.now(), actionId(), phase, id(), doing.name(),
                doing.by(), doing.target(), attempt));
        int asked = epoch;
        timers.add(context.ports().timers().schedule(context.now() + step.settings().timeoutMillis(),
                () -> later(asked, () -> on(Event.TIME_UP))));
        int number = attempt;
        int usedWay = way;
        var started = Guarded.start(doing,
                line -> context.post(() -> context.tell(
                        new HealEvent.Output(trace(), context.now(), actionId(), id(), line))),
                outcome -> context.post(() -> {
                    if (number == attempt && usedWay == way && running.isPresent()) {
                        outcome(outcome);
                    }
                }));
        running = Optional.of(started);
    }

    private void later(int asked, Runnable task) {
        context.post(() -> {
            if (asked == epoch) {
                task.run();
            }
        });
    }

    private void stop() {
        running.ifPresent(RunningAttempt::cancel);
        long grace = context.settings().stopGraceMillis();
        int asked = epoch;
        timers.add(context.ports().timers().schedule(context.now() + grace, () -> later(asked,
                () -> outcome(new Outcome.Unknown("it did not stop within " + grace + " ms of being told to")))));
    }

    /** The attempt is over, or given up. */
    private void outcome(Outcome reported) {
        running = Optional.empty();
        Outcome outcome = state == State.STOPPING
                ? new Outcome.TimedOut("no end within " + DurationText.of(step.settings().timeoutMillis()))
                : reported;
        context.record(actionId(), new Fact.AttemptEnded(phase, id(), attempt, outcome));
        context.tell(new HealEvent.AttemptEnded(trace(), context.now(), actionId(), phase, id(), outcome));
        follow(outcome);
    }

    private void follow(Outcome outcome) {
        because = switch (outcome) {
            case Outcome.Succeeded(var fields) -> {
                returned = fields;
                yield "";
            }
            case Outcome.Failed(var code, var message) -> code.code() + " " + message;
            case Outcome.Refused why -> text(why);
            case Outcome.TimedOut(var message) -> "timed out: " + message;
            case Outcome.Unknown(var message) -> "outcome unknown: " + message;
        };
        if (state == State.CANCELLING) {
            because = context.stopped().orElse("cancelled by nobody");
            on(Event.STOPPED);
            return;
        }
        unsureBefore |= StepRules.mayHaveActed(outcome);
        on(StepRules.ended(outcome, standing()));
    }

    private void pause() {
        attempt++;
        long millis = attempt == 1 ? 0 : StepRules.pause(step.settings().backoff(), attempt - 1);
        int asked = epoch;
        timers.add(context.ports().timers().schedule(context.now() + millis, () -> later(asked, () -> {
            // Looked up before; what a plan looks up does not change while it runs.
            lookUp();
            on(Event.DUE);
        })));
    }

    private void startWaiting() {
        var began = context.replay().waitBegan(phase, id()).orElseGet(() -> {
            long length = step instanceof Step.WaitUntil wait
                    ? wait.timeoutMillis()
                    : ((Step.Wait) step).millis();
            var fact = new Fact.WaitBegan(phase, id(), context.now(), context.now() + length);
            context.record("", fact);
            return fact;
        });
        context.tell(new HealEvent.WaitStarted(trace(), context.now(), id(), began.until()));
        int asked = epoch;
        if (step instanceof Step.WaitUntil wait) {
            watch = Optional.of(context.ports().conditions().watch(
                    new Conditions.Request(wait.condition(), context.asked(), began.newerThan(),
                            Math.max(began.until(), context.now()), OptionalLong.empty()),
                    truth -> later(asked, () -> {
                        if (truth != Truth.TRUE) {
                            because = FailureCode.NOT_MET.code() + " `" + wait.condition().text() + "` was "
                                    + (truth == Truth.FALSE ? "false" : "unknown") + " to the end";
                        }
                        on(truth == Truth.TRUE ? Event.DUE : Event.NOT_MET);
                    })));
        } else {
            timers.add(context.ports().timers().schedule(began.until(), () -> later(asked, () -> on(Event.DUE))));
        }
    }

    private void report() {
        watch.ifPresent(Conditions.Watch::cancel);
        done.accept(new End(switch (state) {
            case SUCCEEDED -> StepResult.SUCCEEDED;
            case UNCHANGED -> StepResult.UNCHANGED;
            case FAILED -> StepResult.FAILED;
            case TIMED_OUT -> StepResult.TIMED_OUT;
            case INTERRUPTED -> StepResult.INTERRUPTED;
            case READY, QUEUED, CHECKING, RUNNING, STOPPING, CANCELLING, SETTLING, PAUSING, WAITING ->
                throw new IllegalStateException("a step in state " + state + " has no end to report");
        }, because, returned));
    }

    private StepRules.Standing standing() {
        return new StepRules.Standing(doing().idempotent(), step.settings().retry() + 1 - attempt,
                way + 1 < ways.size(), unsureBefore, leftOpen);
    }

    private Doing doing() {
        return ways.get(way);
    }

    private String id() {
        return step.settings().id();
    }

    private String trace() {
        return context.order().traceId();
    }

    private String actionId() {
        return context.actionId(phase.name(), id(), attempt);
    }

    private static String text(Outcome.Refused why) {
        return why.code().code() + " " + why.message();
    }
}
