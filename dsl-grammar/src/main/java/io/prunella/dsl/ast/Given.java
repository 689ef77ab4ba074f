package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** One line under {@code given:} of a test (language section 10). */
public sealed interface Given extends Node {

    /** {@code node-1 cpu_load{core="0"}: 97% x 8 every 15s from 2m}. */
    record Samples(Name entity, Name metric, List<Expr.Matcher> labels, SampleValues values, DurationLiteral every,
            Optional<DurationLiteral> from, Span span) implements Given {
        public Samples {
            labels = List.copyOf(labels);
            requireNonNull(from);
        }
    }

    sealed interface SampleValues extends Node {

        /** {@code 97% x 8}; a value of its own is one sample. */
        record Constant(Expr value, int count, Span span) implements SampleValues {}

        /** {@code 50% -> 95% over 10m}. */
        record Ramp(Expr from, Expr to, DurationLiteral over, Span span) implements SampleValues {}
    }

    /** {@code at 20s: event "node_unreachable" on node-1 {reason: "timeout"}}, and {@code … resolved}. */
    record EventAt(DurationLiteral at, Name type, Name entity, boolean resolved, Optional<Expr.MapLiteral> attributes,
            Span span) implements Given {
        public EventAt {
            requireNonNull(attributes);
        }
    }

    /** {@code stub: execute("reboot_node") -> timed_out, ok after 40s}: one outcome an attempt, the last one stays. */
    record Scripted(Name action, List<ScriptedOutcome> outcomes, Span span) implements Given {
        public Scripted {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** {@code timed_out}, {@code failed}, {@code ok after 40s}. */
    record ScriptedOutcome(Name outcome, Optional<DurationLiteral> after, Span span) implements Node {
        public ScriptedOutcome {
            requireNonNull(after);
        }
    }

    /** {@code recording "recordings/2026-10-03.jsonl"}. */
    record RecordingFile(Expr.StringLiteral path, Span span) implements Given {}
}
