package io.prunella.compiler.print;

/** The shortest text that reads back as the same number. */
final class NumberText {
    private NumberText() {}

    static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }
}
