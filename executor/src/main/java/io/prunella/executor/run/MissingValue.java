package io.prunella.executor.run;

/** A template or an argument looks up what this heal does not have. */
final class MissingValue extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    MissingValue(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
