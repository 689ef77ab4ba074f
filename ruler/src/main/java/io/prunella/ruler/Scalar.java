package io.prunella.ruler;

/** A value as records carry it: what an attribute of an event, a label or a sample says. */
public sealed interface Scalar {

    record Text(String value) implements Scalar {}

    record Quantity(double value) implements Scalar {}

    record Flag(boolean value) implements Scalar {}
}
