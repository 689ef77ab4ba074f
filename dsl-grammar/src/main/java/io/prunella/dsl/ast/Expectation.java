package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** One line under {@code expect:} of a test (language section 10). */
public sealed interface Expectation extends Node {

    /**
     * {@code at 30s..31s: rule on node-1 -> execute("reboot_node")}, {@code … suppressed by other},
     * {@code … skipped by cooldown}.
     *
     * @param to the end of the interval, included; absent when one instant is meant
     */
    record Fires(DurationLiteral from, Optional<DurationLiteral> to, Name rule, Optional<Name> entity,
            Optional<FiringDetail> detail, Span span) implements Expectation {
        public Fires {
            requireNonNull(to);
            requireNonNull(entity);
            requireNonNull(detail);
        }
    }

    sealed interface FiringDetail extends Node {

        /** {@code -> execute("reboot_node")}: its plan has this step. */
        record Does(Step step, Span span) implements FiringDetail {}

        record SuppressedBy(Name rule, Span span) implements FiringDetail {}

        /** {@code skipped by cooldown}, {@code limit}, {@code guard}, {@code lock}. */
        record SkippedBy(Name reason, Span span) implements FiringDetail {}
    }

    /** {@code result: HEALED}: of the firing expected before it. */
    record Result(Name result, Span span) implements Expectation {}

    /** {@code nothing else}: every firing was expected. */
    record NothingElse(Span span) implements Expectation {}
}
