package io.prunella.control.conversion;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as foreign files write them. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private Numbers() {}

    /** Empty where it is none, or too large for one. */
    static OptionalDouble parse(String text) {
        String plain = text.strip();
        if (!DECIMAL.matcher(plain).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(plain);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
