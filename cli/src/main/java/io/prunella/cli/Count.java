package io.prunella.cli;

/** Numbers in sentences. */
final class Count {
    private Count() {}

    /** {@code 1 warning}, {@code 2 warnings}. */
    static String of(long number, String thing) {
        return String.format("%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
