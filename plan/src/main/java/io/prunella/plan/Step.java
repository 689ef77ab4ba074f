package io.prunella.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One step of a plan; what the rule left out is already filled in from pack and built-in defaults. */
public sealed interface Step {

    /** What all steps have. */
    StepSettings settings();

    /** The step and, of a {@code parallel}, every step inside it. */
    default Stream<Step> andInside() {
        return this instanceof Parallel parallel
                ? Stream.concat(Stream.of(this), parallel.steps().stream().flatMap(Step::andInside))
                : Stream.of(this);
    }

    /**
     * Runs an action.
     *
     * @param arguments by name, in the order written, those of the action only
     */
    record Execute(String action, Map<String, Value> arguments, Target target, StepSettings settings)
            implements
                Step {
        public Execute {
            arguments = ordered(arguments);
        }
    }

    /** A read-only action whose output is attached to the heal. */
    record Collect(String action, Map<String, Value> arguments, Target target, StepSettings settings)
            implements
                Step {
        public Collect {
            arguments = ordered(arguments);
        }
    }

    record Notify(String channel, Template text, StepSettings settings) implements Step {}

    record Wait(long millis, StepSettings settings) implements Step {}

    record WaitUntil(ConditionRef condition, long timeoutMillis, StepSettings settings) implements Step {}

    record Approve(String group, long timeoutMillis, StepSettings settings) implements Step {}

    record Emit(String eventType, Map<String, Value> attributes, StepSettings settings) implements Step {
        public Emit {
            attributes = ordered(attributes);
        }
    }

    record Ticket(String channel, Map<String, Value> arguments, StepSettings settings) implements Step {
        public Ticket {
            arguments = ordered(arguments);
        }
    }

    record Parallel(List<Step> steps, StepSettings settings) implements Step {
        public Parallel {
            steps = List.copyOf(steps);
        }
    }

    /**
     * How a step is tried, and what its failure means.
     *
     * @param id as the rule names it, else {@code then[0]}, {@code rollback[1]}, {@code then[2].parallel[0]}
     * @param timeoutMillis of one attempt, above 0
     * @param retry further attempts after the first, at least 0
     * @param when the step's {@code if:}
     */
    record StepSettings(String id, long timeoutMillis, int retry, Backoff backoff, OnFailure onFailure,
            Optional<ConditionRef> when) {}

    /** Pause before the n-th retry: {@code first × factor^(n-1)}, never above {@code max}. */
    record Backoff(long firstMillis, double factor, long maxMillis) {}

    enum OnFailure {
        ABORT, CONTINUE, ROLLBACK
    }

    /** What an {@link Execute} works on. */
    sealed interface Target {

        /** The entity of the firing. */
        record Self() implements Target {}

        record Parent() implements Target {}

        /** An entity by name, kind included where it is no node. */
        record Named(Template entity) implements Target {}

        /** Every entity of the inventory for which {@code where} is true. */
        record Nodes(Optional<ConditionRef> where, OptionalInt atOnce) implements Target {}
    }

    private static Map<String, Value> ordered(Map<String, Value> arguments) {
        return java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(arguments));
    }
}
