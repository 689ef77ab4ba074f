package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** One clause of a rule; the formatter prints them in the order of this list (language section 3). */
public sealed interface Clause extends Node {

    record Describe(Expr.StringLiteral text, Span span) implements Clause {}

    record Runbook(Expr.StringLiteral url, Span span) implements Clause {}

    record Severity(Name level, Span span) implements Clause {}

    record Labels(Expr.MapLiteral labels, Span span) implements Clause {}

    record Annotations(Expr.MapLiteral annotations, Span span) implements Clause {}

    record Priority(long value, Span span) implements Clause {}

    record Mode(Name mode, Span span) implements Clause {}

    record By(List<Name> labels, Span span) implements Clause {
        public By {
            labels = List.copyOf(labels);
        }
    }

    record On(Trigger trigger, Span span) implements Clause {}

    /** PromQL, kept as the text that was written. */
    record PromExpr(String text, Span span) implements Clause {}

    record Every(DurationLiteral interval, Span span) implements Clause {}

    record GroupName(Name name, Span span) implements Clause {}

    record When(Expr condition, Span span) implements Clause {}

    record For(DurationLiteral hold, Span span) implements Clause {}

    record KeepFiringFor(DurationLiteral bridge, Span span) implements Clause {}

    record Unless(Expr condition, Span span) implements Clause {}

    record Until(Expr condition, Span span) implements Clause {}

    record Repeat(DurationLiteral every, Span span) implements Clause {}

    record Then(List<Step> steps, Span span) implements Clause {
        public Then {
            steps = List.copyOf(steps);
        }
    }

    /** {@code verify: … within 5m every 15s}. */
    record Verify(Expr condition, Optional<DurationLiteral> within, Optional<DurationLiteral> every, Span span)
            implements
                Clause {
        public Verify {
            requireNonNull(within);
            requireNonNull(every);
        }
    }

    record After(List<Step> steps, Span span) implements Clause {
        public After {
            steps = List.copyOf(steps);
        }
    }

    record Rollback(List<Step> steps, Span span) implements Clause {
        public Rollback {
            steps = List.copyOf(steps);
        }
    }

    record Escalate(List<Step> steps, Span span) implements Clause {
        public Escalate {
            steps = List.copyOf(steps);
        }
    }

    record Cooldown(DurationLiteral time, Span span) implements Clause {}

    record Limit(List<LimitTerm> terms, Span span) implements Clause {
        public Limit {
            terms = List.copyOf(terms);
        }
    }

    /** One term of {@code limit:}. */
    sealed interface LimitTerm extends Node {

        /** {@code 3 per 1h per subject}; {@code per} is a label, {@code subject}, or absent for the whole rule. */
        record Rate(long count, DurationLiteral window, Optional<Name> per, Span span) implements LimitTerm {
            public Rate {
                requireNonNull(per);
            }
        }

        /** {@code 1 at once per rack}. */
        record AtOnce(long count, Optional<Name> per, Span span) implements LimitTerm {
            public AtOnce {
                requireNonNull(per);
            }
        }

        /** {@code 10% of fleet}. */
        record OfFleet(Expr.NumberLiteral fraction, Span span) implements LimitTerm {}
    }
}
