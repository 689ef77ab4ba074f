package io.prunella.compiler.rule;

import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.dsl.ast.Expr.EntitySet;
import io.prunella.plan.Template;
import java.util.List;
import java.util.Optional;

/** Something that has a value for a subject at an instant; durations count seconds, as in samples. */
public sealed interface ValueTerm {

    record Constant(double value) implements ValueTerm {}

    record Text(String value) implements ValueTerm {}

    record Flag(boolean value) implements ValueTerm {}

    /** The newest valid value of each of the subject's series that {@code selector} takes. */
    record Newest(SeriesSelector selector) implements ValueTerm {}

    /**
     * {@code event.reason}: of the event that is being decided.
     *
     * @param path attribute names; {@code [labels, rack]} is the event's label
     */
    record EventAttribute(List<String> path) implements ValueTerm {
        public EventAttribute {
            path = List.copyOf(path);
        }
    }

    /** {@code label.rack}: from the subject's newest record that carries it. */
    record Label(String name) implements ValueTerm {}

    /** {@code entity}. */
    record EntityName() implements ValueTerm {}

    record Arithmetic(ValueTerm left, ArithmeticOp op, ValueTerm right) implements ValueTerm {}

    record Negative(ValueTerm operand) implements ValueTerm {}

    /**
     * {@code probe(http "https://…")}, only in {@code verify}: asked when needed, its answer recorded as an observation.
     *
     * @param protocol {@code http}: the status code, a number; {@code tcp}: whether it can be connected to, a boolean
     */
    record Probe(String protocol, Template target) implements ValueTerm {}

    /**
     * {@code rate(x[5m])}, {@code p99(x, 5m)}: of each of the subject's series, over the samples in {@code (t-window, t]}.
     *
     * @param parameter the quantile, or the seconds ahead of {@code predict_linear}; 0 where there is none
     * @param text as written, for people
     */
    record OverTime(RangeFunction function, SeriesSelector selector, long windowMillis, double parameter, String text)
            implements
                ValueTerm {}

    /** Functions of a series' samples in a window, with Prometheus 3's results. */
    enum RangeFunction {
        RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, PREDICT_LINEAR, CHANGES, RESETS, AVG, MIN, MAX, SUM, COUNT, STDDEV, LAST, QUANTILE
    }

    /**
     * {@code sum(x)}, {@code max by (rack) (x)}: one value out of several series.
     *
     * @param by empty: over the subject's series; else over all series that share the subject's values of these labels
     */
    record Across(Aggregation aggregation, ValueTerm of, List<String> by, String text) implements ValueTerm {
        public Across {
            by = List.copyOf(by);
        }
    }

    /** Ways of making one value of several. */
    enum Aggregation {
        SUM, AVG, MIN, MAX, COUNT
    }

    /**
     * {@code count(nodes where …)}, {@code fraction(nodes where …) by rack}, {@code count(heals where …)}.
     *
     * @param where absent: all of them
     * @param by labels whose values the counted share with the subject; empty: all of the fleet
     */
    record Counted(Counting counting, EntitySet set, Optional<Condition> where, List<String> by, String text)
            implements
                ValueTerm {
        public Counted {
            by = List.copyOf(by);
        }
    }

    /** How many, or which part of those for which it is known. */
    enum Counting {
        COUNT, FRACTION
    }

    /** {@code count(event "disk_error", 10m)}: of the subject, in {@code (t-window, t]}. */
    record EventCount(String type, long windowMillis, String text) implements ValueTerm {}

    /** {@code time since event "deploy"}: seconds, infinite if it never was. */
    record SinceEvent(String type) implements ValueTerm {}

    /** {@code time since heal "reboot_node"}: seconds since its last plan began that was not skipped. */
    record SinceHeal(String name) implements ValueTerm {}

    /** {@code now}: seconds since the epoch. */
    record Now() implements ValueTerm {}

    /** {@code weekday}: 1 is Monday, in UTC. */
    record Weekday() implements ValueTerm {}

    /** {@code parent}: its name, in the topology. */
    record ParentName() implements ValueTerm {}

    /** {@code a.reason}: of an event of a sequence that the trigger names. */
    record MatchedAttribute(String alias, List<String> path) implements ValueTerm {
        public MatchedAttribute {
            path = List.copyOf(path);
        }
    }

    /** {@code severity(cause)}, {@code severity(this)}: 0 info, 1 warning, 2 high, 3 critical. */
    record SeverityOf(Party party) implements ValueTerm {}

    /** The two of a suppression. */
    enum Party {
        CAUSE, THIS
    }
}
