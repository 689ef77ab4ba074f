package io.prunella.executor.run;

import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.executor.run.SequenceMachine.Effect;
import io.prunella.executor.run.SequenceMachine.Event;
import io.prunella.executor.run.SequenceMachine.State;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Performs what {@link SequenceMachine} says for one list of steps. Lives in its heal's mailbox. */
final class SequenceRun implements Stoppable {

    /**
     * How the list ended.
     *
     * @param good whether nothing stopped it
     * @param culprit the step that stopped it
     * @param unchanged an {@code execute} found the desired state, and no step did anything else
     * @param inDoubt a step was skipped because its {@code if:} was unknown
     */
    record End(boolean good, Optional<Culprit> culprit, boolean unchanged, boolean inDoubt, List<Culprit> passedOver) {
        End {
            passedOver = List.copyOf(passedOver);
        }
    }

    /** A step that failed, and why. */
    record Culprit(String step, StepResult result, String because) {}

    private final HealContext context;
    private final Phase phase;
    private final List<Step> steps;
    /** Whether its begin and end are those of a phase. */
    private final boolean told;
    private final Consumer<End> done;
    private State state = State.READY;
    private int index;
    private boolean foundUnchanged;
    private boolean acted;
    private boolean inDoubt;
    private final List<Culprit> passedOver = new ArrayList<>();
    private Optional<Culprit> culprit = Optional.empty();
    private Optional<Stoppable> current = Optional.empty();

    SequenceRun(HealContext context, Phase phase, List<Step> steps, Consumer<End> done) {
        this(context, phase, steps, true, done);
    }

    private SequenceRun(HealContext context, Phase phase, List<Step> steps, boolean told, Consumer<End> done) {
        this.context = context;
        this.phase = phase;
        this.steps = List.copyOf(steps);
        this.told = told && !steps.isEmpty();
        this.done = done;
    }

    /** One branch of a {@code parallel}: a list of one step, inside a phase that is under way. */
    static SequenceRun branch(HealContext context, Phase phase, Step step, Consumer<End> done) {
        return new SequenceRun(context, phase, List.of(step), false, done);
    }

    void begin() {
        if (told) {
            context.tell(new HealEvent.PhaseStarted(context.order().traceId(), context.now(), phase));
        }
        goOn();
    }

    @Override
    public void cancel() {
        current.ifPresent(Stoppable::cancel);
    }

    @Override
    public void abandon() {
        current.ifPresent(Stoppable::abandon);
    }

    private void goOn() {
        if (context.stopped().isPresent() && phase != Phase.ESCALATE && index < steps.size()) {
            culprit = Optional.of(new Culprit(step().settings().id(), StepResult.INTERRUPTED,
                    context.stopped().get()));
            on(Event.CANCELLED);
        } else {
            on(index < steps.size() ? Event.STEP : Event.NO_MORE);
        }
    }

    private void on(Event event) {
        var row = SequenceMachine.TABLE.next(state, event);
        context.walked(row);
        state = row.to();
        row.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case JUDGE -> judge();
            case PERFORM -> step(step());
            case SKIP -> {
            }
            case ADVANCE -> {
                index++;
                current = Optional.empty();
                context.post(this::goOn);
            }
            case REPORT -> report();
        }
    }

    private void judge() {
        var ended = context.replay().stepEnded(phase, step().settings().id());
        if (ended.isPresent()) {
            inDoubt |= ended.get().result() == StepResult.SKIPPED && ended.get().because().endsWith("unknown");
            on(ended.get().result() == StepResult.SKIPPED ? Event.NOT_TO_DO : Event.TO_DO);
            return;
        }
        var condition = step().settings().when();
        // An attempt that was begun before a restart has been judged.
        if (condition.isEmpty() || context.replay().lastAttempt(phase, step().settings().id()).isPresent()) {
            on(Event.TO_DO);
            return;
        }
        var truth = context.ports().conditions().now(condition.get(), context.asked());
        if (truth == Truth.TRUE) {
            on(Event.TO_DO);
            return;
        }
        inDoubt |= truth == Truth.UNKNOWN;
        conclude(StepResult.SKIPPED, "`" + condition.get().text() + "` is "
                + (truth == Truth.UNKNOWN ? "unknown" : "false"), Map.of());
        on(Event.NOT_TO_DO);
    }

    private void step(Step step) {
        if (step instanceof Step.Parallel parallel) {
            parallel(parallel);
            return;
        }
        var ended = context.replay().stepEnded(phase, step.settings().id());
        if (ended.isPresent()) {
            follow(step, ended.get().result(), ended.get().because(), ended.get().returned());
            return;
        }
        var run = new StepRun(context, phase, step, end -> {
            conclude(end.result(), end.because(), end.returned());
            follow(step, end.result(), end.because(), end.returned());
        });
        current = Optional.of(run);
        run.begin();
    }

    // Its branches find in the journal what they had done, so a parallel that had ended is gone through all the same.
    private void parallel(Step.Parallel step) {
        var run = new ParallelRun(context, phase, step, end -> {
            inDoubt |= end.inDoubt();
            passedOver.addAll(end.passedOver());
            if (context.replay().stepEnded(phase, step.settings().id()).isEmpty()) {
                conclude(end.result(), end.because(), Map.of());
            }
            follow(step, end.result(), end.because(), Map.of());
        });
        current = Optional.of(run);
        run.begin();
    }

    private void conclude(StepResult result, String because, Map<String, String> returned) {
        var id = step().settings().id();
        context.record("", new Fact.StepEnded(phase, id, result, because, returned));
        context.tell(new HealEvent.StepEnded(context.order().traceId(), context.now(), phase, id, result, because));
    }

    private void follow(Step step, StepResult result, String because, Map<String, String> returned) {
        var id = step.settings().id();
        context.returned(id, returned);
        boolean execute = step instanceof Step.Execute || step instanceof Step.Parallel;
        foundUnchanged |= execute && result == StepResult.UNCHANGED;
        acted |= result == StepResult.FAILED || result == StepResult.TIMED_OUT
                || (result == StepResult.SUCCEEDED
                        && !(step instanceof Step.Wait || step instanceof Step.WaitUntil));
        if (result.good()) {
            on(Event.PASSED);
            return;
        }
        var failed = new Culprit(id, result, because);
        if (result == StepResult.INTERRUPTED) {
            culprit = Optional.of(failed);
            on(Event.STEP_INTERRUPTED);
        } else if (step.settings().onFailure() == Step.OnFailure.CONTINUE) {
            passedOver.add(failed);
            on(Event.PASSED);
        } else {
            culprit = Optional.of(failed);
            on(Event.STEP_FAILED);
        }
    }

    private void report() {
        boolean good = state == State.DONE;
        if (told) {
            context.tell(new HealEvent.PhaseEnded(context.order().traceId(), context.now(), phase, good));
        }
        done.accept(new End(good, culprit, foundUnchanged && !acted, inDoubt, passedOver));
    }

    private Step step() {
        return steps.get(index);
    }
}
