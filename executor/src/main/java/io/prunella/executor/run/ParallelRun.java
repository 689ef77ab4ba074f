package io.prunella.executor.run;

import io.prunella.executor.journal.Phase;
import io.prunella.executor.journal.StepResult;
import io.prunella.executor.run.SequenceRun.Culprit;
import io.prunella.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Performs the branches of a {@code parallel} at once. Lives in its heal's mailbox.
 *
 * <p>A branch that fails stops no other: what is half done is worse than what is done. The first failure in the order
 * written is the whole's.
 */
final class ParallelRun implements Stoppable {

    /**
     * How the branches ended.
     *
     * @param passedOver failures of branches that say {@code on_failure: continue}
     */
    record End(StepResult result, String because, boolean inDoubt, List<Culprit> passedOver) {
        End {
            passedOver = List.copyOf(passedOver);
        }
    }

    private final HealContext context;
    private final Phase phase;
    private final List<Step> branches;
    private final Consumer<End> done;
    private final List<SequenceRun> running = new ArrayList<>();
    private final Map<Integer, SequenceRun.End> ended = new LinkedHashMap<>();

    ParallelRun(HealContext context, Phase phase, Step.Parallel step, Consumer<End> done) {
        this.context = context;
        this.phase = phase;
        this.branches = step.steps();
        this.done = done;
    }

    void begin() {
        for (int i = 0; i < branches.size(); i++) {
            int branch = i;
            running.add(SequenceRun.branch(context, phase, branches.get(i), end -> branchEnded(branch, end)));
        }
        List.copyOf(running).forEach(SequenceRun::begin);
        if (branches.isEmpty()) {
            report();
        }
    }

    private void branchEnded(int branch, SequenceRun.End end) {
        ended.put(branch, end);
        if (ended.size() == branches.size()) {
            report();
        }
    }

    private void report() {
        Optional<Culprit> culprit = Optional.empty();
        boolean inDoubt = false;
        boolean unchanged = !branches.isEmpty();
        List<Culprit> passedOver = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            var end = Objects.requireNonNull(ended.get(i));
            culprit = worse(culprit, end.culprit());
            inDoubt |= end.inDoubt();
            unchanged &= end.unchanged();
            passedOver.addAll(end.passedOver());
        }
        var result = culprit.map(Culprit::result).orElse(unchanged ? StepResult.UNCHANGED : StepResult.SUCCEEDED);
        var because = culprit.map(c -> "`" + c.step() + "`: " + c.because()).orElse("");
        done.accept(new End(result, because, inDoubt, passedOver));
    }

    /** What nobody knows weighs more than what failed; else the first counts. */
    private static Optional<Culprit> worse(Optional<Culprit> first, Optional<Culprit> second) {
        boolean unknown = second.filter(c -> c.result() == StepResult.INTERRUPTED).isPresent()
                && first.filter(c -> c.result() == StepResult.INTERRUPTED).isEmpty();
        return unknown || first.isEmpty() ? second : first;
    }

    @Override
    public void cancel() {
        running.forEach(SequenceRun::cancel);
    }

    @Override
    public void abandon() {
        running.forEach(SequenceRun::abandon);
    }
}
