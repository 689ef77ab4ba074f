package io.prunella.compiler.rule;

import io.prunella.dsl.ast.Expr.ArithmeticOp;
import io.prunella.plan.Template;
import java.util.List;

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
}
