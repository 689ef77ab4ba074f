package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Choices;
import io.prunella.dsl.ast.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps as analyses look at them: those inside {@code parallel} like any other. */
final class Steps {
    private Steps() {}

    static List<Step.Invoke> flat(List<Step> steps) {
        List<Step.Invoke> flat = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Invoke invoke -> flat.add(invoke);
                case Step.Parallel parallel -> flat.addAll(flat(parallel.steps()));
            }
        }
        return flat;
    }

    static List<Step.Invoke> of(Step.Verb verb, List<Step> steps) {
        return flat(steps).stream().filter(step -> step.verb() == verb).toList();
    }

    /** The action, channel or event that it names. */
    static Optional<String> name(Step.Invoke step) {
        return step.positional().isEmpty() ? Optional.empty() : Choices.word(step.positional().getFirst());
    }
}
